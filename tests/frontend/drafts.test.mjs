// Drafts of forms: what is kept, what comes back, and what goes.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { read, removeSaved, removeStale, write } from "../../frontend/drafts/store.js";
import { fill, same, snapshot } from "../../frontend/drafts/values.js";
import { blockStorage, fillStorage, openPage, stored } from "./browser.mjs";

const DAY = 24 * 3600 * 1000;
const draft = (values = {}) => ({ token: "t1", time: Date.now(), values: [], ...values });
const kept = (entries) =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, JSON.stringify(value)]));

const field = (name, value, more = {}) => ({ tagName: "INPUT", type: "text", name, value, ...more });
const box = (name, value, checked) => field(name, value, { type: "checkbox", checked });

function select(name, options, more = {}) {
  const made = options.map(([value, textContent, selected = false]) => ({ value, textContent, selected }));
  return {
    tagName: "SELECT",
    type: "select-one",
    name,
    options: made,
    get selectedOptions() {
      return made.filter((option) => option.selected);
    },
    ...more,
  };
}

beforeEach(() => openPage());

test("a draft is read as it was written", () => {
  const values = [{ name: "text", value: 'Herr „Öz" \u{1F333}\n<b>' }];
  write("draft:7:/new/", draft({ time: 5, values }));
  assert.deepEqual(read("draft:7:/new/"), { token: "t1", time: 5, values });
});

test("what is missing or broken reads as nothing", () => {
  openPage({ "draft:7:/broken/": '{"token": "t1", "val' });
  assert.deepEqual([read("draft:7:/broken/"), read("draft:7:/none/")], [null, null]);
});

test("a form works where nothing can be kept", () => {
  fillStorage();
  write("draft:7:/new/", draft());
  assert.deepEqual(stored(), {});
  blockStorage();
  write("draft:7:/new/", draft());
  removeStale("7");
  assert.equal(read("draft:7:/new/"), null);
});

test("the cookie of the answer ends the draft it names, once, and no other", () => {
  openPage(
    kept({
      "draft:7:/a/": draft({ token: "a b" }),
      "draft:7:/b/": draft({ token: "b" }),
      "outbox:7:x": { token: "a b" },
    }),
  );
  document.cookie = "csrftoken=xyz";
  document.cookie = "saved_draft=a%20b";
  removeSaved();
  assert.deepEqual(Object.keys(stored()), ["draft:7:/b/", "outbox:7:x"]);
  assert.equal(document.cookie, "csrftoken=xyz");
});

test("another cookie whose name ends alike ends no draft", () => {
  openPage(kept({ "draft:7:/a/": draft() }));
  document.cookie = "un_saved_draft=t1";
  removeSaved();
  assert.deepEqual(Object.keys(stored()), ["draft:7:/a/"]);
});

test("what is old, broken or somebody else's goes; all else stays", () => {
  const now = Date.now();
  openPage({
    ...kept({
      "draft:7:/fresh/": draft({ time: now - 13 * DAY }),
      "draft:7:/old/": draft({ time: now - 15 * DAY }),
      "draft:70:/other/": draft(),
      "outbox:70:x": {},
      theme: "dark",
    }),
    "draft:7:/broken/": "{",
  });
  removeStale("7");
  assert.deepEqual(Object.keys(stored()), ["draft:7:/fresh/", "outbox:70:x", "theme"]);
});

test("before anybody has signed in only what is old goes", () => {
  openPage(kept({ "draft:7:/fresh/": draft(), "draft:8:/old/": draft({ time: 0 }) }));
  removeStale(undefined);
  assert.deepEqual(Object.keys(stored()), ["draft:7:/fresh/"]);
});

test("a draft holds what was typed and chosen, but no secrets, files and tokens", () => {
  const elements = [
    field("csrfmiddlewaretoken", "secret"),
    field("_draft", "t1"),
    field("password", "geheim", { type: "password" }),
    field("table", "C:\\list.xlsx", { type: "file" }),
    field("save", "1", { type: "submit" }),
    field("", "no name"),
    field("text", "Anruf"),
    box("topics", "youth", true),
    box("topics", "sport", false),
    select("actor", [
      ["", "–"],
      ["5", " Verein ", true],
    ]),
  ];
  assert.deepEqual(snapshot({ elements }), [
    { name: "text", value: "Anruf" },
    { name: "topics", value: "youth", checked: true },
    { name: "topics", value: "sport", checked: false },
    { name: "actor", chosen: [["5", " Verein "]] },
  ]);
});

test("a key that is new with each form alone makes no draft", () => {
  const [one, other] = ["k1", "k2"].map((value) => [
    { name: "source_key", value },
    { name: "text", value: "a" },
  ]);
  assert.equal(same(one, other), true);
  assert.equal(
    same(one, [
      { name: "source_key", value: "k1" },
      { name: "text", value: "b" },
    ]),
    false,
  );
});

test("a draft comes back into the same fields, equal names in their order", () => {
  const [first, second, sport, youth] = [
    field("phone", ""),
    field("phone", ""),
    box("t", "sport", true),
    box("t", "youth", false),
  ];
  const untouched = field("note", "as it was");
  const kind = select("kind", [
    ["a", "A", true],
    ["b", "B"],
  ]);
  fill({ elements: [first, second, sport, youth, untouched, kind] }, [
    { name: "phone", value: "1" },
    { name: "phone", value: "2" },
    { name: "t", value: "youth", checked: true },
    { name: "t", value: "sport", checked: false },
    { name: "gone", value: "x" },
    { name: "kind", chosen: [["b", "B"]] },
  ]);
  assert.deepEqual([first.value, second.value, sport.checked, youth.checked], ["1", "2", false, true]);
  assert.equal(untouched.value, "as it was");
  assert.deepEqual(
    kind.selectedOptions.map((option) => option.value),
    ["b"],
  );
});

test("a choice that the page does not offer yet is offered again, and the field is told", () => {
  const said = [];
  const several = select("actors", [], {
    multiple: true,
    dispatchEvent: (event) => said.push(event.type),
    tomselect: { addOption: (option) => said.push(option), setValue: (...value) => said.push(value) },
  });
  fill({ elements: [several] }, [
    {
      name: "actors",
      chosen: [
        ["5", " Verein "],
        ["6", "Schule"],
      ],
    },
  ]);
  const offered = [
    { value: "5", text: "Verein" },
    { value: "6", text: "Schule" },
  ];
  assert.deepEqual(said, [...offered, [["5", "6"], true], "drafted"]);
});

test("one choice of a field that takes one is set as one, and none as none", () => {
  const set = [];
  const one = select("actor", [], {
    dispatchEvent() {},
    tomselect: { addOption() {}, setValue: (value) => set.push(value) },
  });
  fill({ elements: [one] }, [{ name: "actor", chosen: [["5", "Verein"]] }]);
  fill({ elements: [one] }, [{ name: "actor", chosen: [] }]);
  assert.deepEqual(set, ["5", ""]);
});
