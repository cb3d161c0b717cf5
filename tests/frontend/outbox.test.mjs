// The outbox: notes wait in the storage, and leave it only when the server has said that they are stored.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as store from "../../frontend/outbox/store.js";
import { blockStorage, fillStorage, openPage, stored } from "./browser.mjs";

const OWNER = { user: "7", tokenUrl: "/token/", saveUrl: "/save/" };
const note = (key, more = {}) => ({
  user: "7",
  source_key: key,
  text: `Anruf ${key}`,
  typed_at: "2024-05-01T08:00:00.000Z",
  state: store.WAITING,
  ...more,
});
const texts = () => store.notesOf("7").map(({ text }) => text);
const states = () => store.notesOf("7").map(({ source_key: key, state, errors }) => [key, state, errors]);

const json = (data, { status = 200, ...more } = {}) => ({
  status,
  ok: status < 300,
  redirected: false,
  json: async () => data,
  ...more,
});
// What was put off, instead of being done: the tests need not wait.
const later = [];
const STORED = json({ ok: true, title: "Anruf" });
const TOKEN = json({ user: 7, csrf: "c" });

// Asks in their order get these answers; returns what was asked, and what was reported.
async function flush(...answers) {
  const [asked, sent, signedOut] = [[], [], []];
  globalThis.fetch = async (address, options) => {
    asked.push([address, options]);
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    return answer;
  };
  const report = { sent: (found) => sent.push(found.title), signedOut: (is) => signedOut.push(is) };
  // A module of its own each time: how long it waits before it tries again is kept in it.
  const send = await import(`../../frontend/outbox/send.js?${Math.random()}`);
  await send.flush(OWNER, report);
  return { asked, sent, signedOut };
}

beforeEach(() => {
  openPage();
  later.length = 0;
  globalThis.setTimeout = (work, milliseconds) => later.push({ work, milliseconds });
});

test("notes of a user are read oldest first, those of others and broken ones are not", () => {
  store.keep(note("b", { typed_at: "2024-05-02T08:00:00.000Z" }));
  store.keep(note("a"));
  store.keep(note("x", { user: "70" }));
  localStorage.setItem("outbox:7:broken", '{"text": "Anr');
  localStorage.setItem("draft:7:/new/", "{}");
  assert.deepEqual(texts(), ["Anruf a", "Anruf b"]);
});

test("a note is kept under its user and its key, and the page is told", () => {
  let told = 0;
  document.addEventListener(store.CHANGED, () => (told += 1));
  assert.equal(store.keep(note("a")), true);
  assert.deepEqual([Object.keys(stored()), told], [["outbox:7:a"], 1]);
});

test("where nothing can be kept the caller is told, and nobody has notes", () => {
  fillStorage();
  assert.equal(store.keep(note("a")), false);
  blockStorage();
  assert.deepEqual([store.keep(note("a")), store.notesOf("7"), store.rememberedOwner()], [false, [], null]);
});

test("what another tab has sent is not put back by a change", () => {
  store.change(note("a"), { state: store.LOOK });
  assert.deepEqual(stored(), {});
});

test("signing out takes the user's notes and name, and leaves those of others", () => {
  store.keep(note("a"));
  store.keep(note("x", { user: "70" }));
  store.rememberOwner({ user: "7" });
  store.removeAllOf("7");
  assert.deepEqual(Object.keys(stored()), ["outbox:70:x"]);
});

test("notes go after sixty days, and what cannot be read goes at once", () => {
  const daysAgo = (days) => new Date(Date.now() - days * 24 * 3600 * 1000).toISOString();
  store.keep(note("new", { typed_at: daysAgo(59) }));
  store.keep(note("old", { typed_at: daysAgo(61) }));
  localStorage.setItem("outbox:7:broken", "{");
  store.removeOld();
  assert.deepEqual(Object.keys(stored()), ["outbox:7:new"]);
});

test("the owner is remembered for the page that knows nobody; what is broken is nobody", () => {
  store.rememberOwner({ user: "7" });
  assert.deepEqual(store.rememberedOwner(), { user: "7" });
  localStorage.setItem("outbox-user", "{");
  assert.equal(store.rememberedOwner(), null);
});

test("each key is another one", () => {
  const keys = new Set(Array.from({ length: 50 }, store.newKey));
  assert.equal(keys.size, 50);
});

test("what waits is sent oldest first, with its key, and leaves the storage", async () => {
  store.keep(note("b", { typed_at: "2024-05-02T08:00:00.000Z", url: "/events/3/note/save/" }));
  store.keep(note("a", { actors: "5,6" }));
  store.keep(note("c", { state: store.LOOK, errors: ["Wer?"] }));
  const { asked, sent, signedOut } = await flush(TOKEN, STORED, STORED);
  assert.deepEqual(
    asked.map(([address]) => address),
    ["/token/", "/save/", "/events/3/note/save/"],
  );
  assert.deepEqual(Object.fromEntries(asked[1][1].body), {
    text: "Anruf a",
    source_key: "a",
    typed_at: "2024-05-01T08:00:00.000Z",
    actors: "5,6",
  });
  assert.equal(asked[1][1].headers["X-CSRFToken"], "c");
  assert.deepEqual([sent, signedOut, Object.keys(stored())], [["Anruf", "Anruf"], [false], ["outbox:7:c"]]);
});

test("nothing is asked while nothing waits", async () => {
  assert.deepEqual((await flush()).asked, []);
});

test("what the server refuses stays, with its reasons, to be looked at", async () => {
  store.keep(note("a"));
  store.keep(note("b"));
  await flush(TOKEN, json({ ok: false, errors: { text: ["Wer?", "Wann?"], due: ["Bald?"] } }, { status: 422 }), STORED);
  assert.deepEqual(states(), [["a", store.LOOK, ["Wer?", "Wann?", "Bald?"]]]);
});

test("what the user may not write stays to be looked at", async () => {
  store.keep(note("a"));
  await flush(TOKEN, json(null, { status: 403 }));
  assert.deepEqual(states(), [["a", store.LOOK, []]]);
});

for (const [why, answer] of [
  ["no network", null],
  ["a server that is down", json(null, { status: 503 })],
  ["too many requests", json(null, { status: 429 })],
  ["an answer that is cut off", json(null, { json: async () => JSON.parse('{"ok": tr') })],
]) {
  test(`${why}: the note waits, and is sent later`, async () => {
    store.keep(note("a"));
    const { sent } = await flush(TOKEN, answer, TOKEN, STORED);
    assert.deepEqual(states(), [["a", store.WAITING, undefined]]);
    assert.deepEqual(
      later.map(({ milliseconds }) => milliseconds),
      [5000],
    );
    await later[0].work();
    assert.deepEqual([sent, stored()], [["Anruf"], {}]);
  });
}

test("each time it fails it waits twice as long, at most five minutes", async () => {
  store.keep(note("a"));
  await flush();
  for (let time = 0; time < 7; time += 1) await later.at(-1).work();
  assert.deepEqual(
    later.map(({ milliseconds }) => milliseconds / 1000),
    [5, 10, 20, 40, 80, 160, 300, 300],
  );
});

for (const [why, answer] of [
  ["a session that ended", json(null, { status: 401 })],
  ["a page to sign in", json(null, { redirected: true })],
  ["somebody else who signed in", json({ user: 70, csrf: "c" })],
]) {
  test(`${why}: nothing is sent in another's name, and the page says so`, async () => {
    store.keep(note("a"));
    const { asked, signedOut } = await flush(answer);
    assert.deepEqual([asked.length, signedOut, texts()], [1, [true], ["Anruf a"]]);
  });
}

test("one tab sends at a time", async () => {
  store.keep(note("a"));
  navigator.locks = { request: (_name, { ifAvailable }, work) => work(ifAvailable ? null : {}) };
  assert.deepEqual((await flush(TOKEN, STORED)).asked, []);
  navigator.locks = { request: (_name, _options, work) => work({}) };
  assert.deepEqual((await flush(TOKEN, STORED)).sent, ["Anruf"]);
});
