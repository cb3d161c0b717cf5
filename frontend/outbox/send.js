// Sends what waits, one tab at a time, oldest first. A note leaves this browser's storage only when the server has said
// that it is stored; sent again with the same key, it is stored once (see contacts/services/contacts.py).
import { change, LOOK, notesOf, remove, WAITING } from "./store.js";

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 5 * 60 * 1000;
const JSON_ONLY = { Accept: "application/json" };

class Later extends Error {}
class SignedOut extends Error {}

let pause = FIRST_PAUSE_MS;
let timer = null;

async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Later();
  }
  if (answer.status === 401 || answer.redirected) throw new SignedOut();
  if (answer.status === 429 || answer.status >= 500) throw new Later();
  return answer;
}

async function readJson(answer) {
  try {
    return await answer.json();
  } catch {
    throw new Later(); // cut off on the way, or not from our server (a hotel's sign-in page)
  }
}

async function token({ user, tokenUrl }) {
  const answer = await ask(tokenUrl, { headers: JSON_ONLY });
  const found = await readJson(answer);
  if (!answer.ok || String(found.user) !== String(user)) throw new SignedOut();
  return found.csrf;
}

function bodyOf(note) {
  const body = new URLSearchParams();
  for (const name of ["text", "source_key", "typed_at", "actors", "choices"])
    if (note[name]) body.set(name, note[name]);
  return body;
}

async function sendOne(note, csrf, owner) {
  const answer = await ask(note.url || owner.saveUrl, {
    method: "POST",
    body: bodyOf(note),
    headers: { ...JSON_ONLY, "X-CSRFToken": csrf },
  });
  if (answer.status === 403 || answer.status === 404) return change(note, { state: LOOK, errors: [] });
  const found = await readJson(answer);
  if (answer.ok && found.ok) {
    remove(note);
    return found;
  }
  return change(note, { state: LOOK, errors: Object.values(found.errors ?? {}).flat() });
}

async function sendAll(owner, report) {
  const waiting = () => notesOf(owner.user).filter((note) => note.state === WAITING);
  if (!waiting().length) return;
  const csrf = await token(owner);
  for (const note of waiting()) {
    const sent = await sendOne(note, csrf, owner);
    if (sent) report.sent(sent);
  }
}

async function attempt(owner, report) {
  clearTimeout(timer);
  try {
    await sendAll(owner, report);
    pause = FIRST_PAUSE_MS;
    report.signedOut(false);
  } catch (problem) {
    if (problem instanceof SignedOut) report.signedOut(true);
    else if (problem instanceof Later) retryLater(owner, report);
    else throw problem;
  }
}

function retryLater(owner, report) {
  timer = setTimeout(() => flush(owner, report), pause);
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}

// Without locks (an address that is not https) two tabs may send the same note: the server stores it once all the same.
export function flush(owner, report) {
  const work = () => attempt(owner, report);
  if (!navigator.locks) return work();
  return navigator.locks.request("outbox", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
