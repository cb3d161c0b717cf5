// Notes typed without a network: kept in this browser, shown in the header, sent when the network is back.
import { ask } from "./confirm.js";
import { flush } from "./outbox/send.js";
import {
  CHANGED,
  change,
  keep,
  LOOK,
  newKey,
  notesOf,
  rememberOwner,
  remove,
  removeAllOf,
  removeOld,
  WAITING,
} from "./outbox/store.js";
import { announceChange } from "./refresh.js";
import { text } from "./texts.js";
import { showToast } from "./toasts.js";

const LONGEST_EXCERPT = 120;
let owner = null;
let openNote = null;
let isSignedOut = false;

const dialog = () => document.getElementById("outbox");
const plain = () => document.getElementById("outbox-note");
const notes = () => (owner ? notesOf(owner.user) : []);
const byKey = (key) => notes().find((note) => note.source_key === key);
const words = (count) => text(count === 1 ? "outboxOne" : "outboxSeveral", { count });

const report = {
  sent: ({ title, url, undo_url: undo, is_new: isNew, created }) => {
    const said = [text(isNew ? "outboxSent" : "outboxKnown", { title })];
    if (created?.length) said.push(text("outboxNew", { names: created.map(({ name }) => name).join(", ") }));
    showToast({ text: said.join(" "), url, undo: isNew ? undo : undefined });
    announceChange();
  },
  signedOut: (is) => {
    isSignedOut = is;
    show();
  },
};

const sendNow = () => owner && flush(owner, report);

function excerpt(note) {
  return note.text.length > LONGEST_EXCERPT ? `${note.text.slice(0, LONGEST_EXCERPT)}…` : note.text;
}

function stateOf(note) {
  if (note.state === LOOK) return note.errors?.length ? note.errors.join(" ") : text("outboxLook");
  return text(isSignedOut ? "outboxSignIn" : "outboxWaiting");
}

function lineOf(note) {
  const line = document.getElementById("outbox-line").content.firstElementChild.cloneNode(true);
  line.dataset.key = note.source_key;
  line.querySelector("[data-outbox-text]").textContent = excerpt(note);
  const when = new Date(note.typed_at).toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  line.querySelector("[data-outbox-state]").textContent = `${when} · ${stateOf(note)}`;
  line.classList.toggle("is-look", note.state === LOOK);
  return line;
}

function show() {
  const all = notes();
  const button = document.querySelector("[data-outbox]");
  if (!button) return;
  button.hidden = all.length === 0;
  button.classList.toggle("is-look", isSignedOut || all.some((note) => note.state === LOOK));
  button.querySelector("[data-outbox-count]").textContent = String(all.length);
  button.querySelector("[data-outbox-words]").textContent = words(all.length);
  dialog()
    .querySelector("[data-outbox-list]")
    .replaceChildren(...all.map(lineOf));
  dialog().querySelector("[data-outbox-none]").hidden = all.length > 0;
  warnAtSignOut(all);
}

// What waits goes at sign-out, like every draft: that is asked first, and says what would be lost.
function warnAtSignOut(all) {
  const question = all.length ? text("outboxSignOut", { words: words(all.length), text: excerpt(all[0]) }) : "";
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    if (question) Object.assign(form.dataset, { confirm: question, confirmLabel: text("outboxSignOutYes") });
    else delete form.dataset.confirm;
  }
}

function keepNote(note) {
  const isKept = keep({ user: owner.user, state: WAITING, typed_at: new Date().toISOString(), ...note });
  if (isKept) showToast({ level: "info", text: text("outboxKept") });
  return isKept;
}

// The form of the quick note could not be sent. True when its text is kept here and the dialog may close.
export function keepForm(form) {
  if (!owner || !form.elements.text.value.trim()) return false;
  const { text: typed, source_key: key, actors, choices } = form.elements;
  const url = form.getAttribute("hx-post");
  const isKept = keepNote({
    text: typed.value,
    source_key: key.value,
    actors: actors.value,
    choices: choices.value,
    url,
  });
  if (isKept) dropDraft(form);
  return isKept;
}

function dropDraft(form) {
  try {
    localStorage.removeItem(`draft:${owner.user}:${form.dataset.draft}`);
  } catch {
    // no storage, no draft
  }
}

// Without a network the dialog of the quick note cannot be fetched: a plain field takes its place.
export function openPlainNote(address, note = {}) {
  const box = plain();
  if (!owner || !box || box.open) return;
  const form = box.querySelector("form");
  form.elements.text.value = note.text ?? "";
  form.dataset.key = note.source_key ?? newKey();
  form.dataset.actors = note.actors ?? new URL(address ?? "/", location.href).searchParams.getAll("actor").join(",");
  // What is tied to a day has an address of its own to be sent to.
  form.dataset.url = note.url ?? (address?.endsWith("/note/") ? `${address}save/` : "");
  box.showModal();
  form.elements.text.focus();
}

function onPlainNote(event) {
  if (event.target !== plain()?.querySelector("form") || event.submitter?.value === "no") return;
  const form = event.target;
  const typed = form.elements.text.value.trim();
  const stored = byKey(form.dataset.key);
  if (!typed) return;
  const { key, actors, url } = form.dataset;
  const isKept = keepNote({ ...stored, text: typed, source_key: key, actors, url, state: WAITING, errors: [] });
  if (!isKept) return event.preventDefault();
  form.elements.text.value = "";
  sendNow();
}

async function edit(note) {
  // While it is being edited it is not sent as it was.
  change(note, { state: LOOK, errors: [text("outboxEdited")] });
  dialog().close();
  if (!(await openNote(owner.dialogUrl, note))) openPlainNote(null, note);
}

const ACTIONS = {
  edit,
  send: (note) => {
    change(note, { state: WAITING, errors: [] });
    sendNow();
  },
  discard: async (note) => {
    if (await ask(text("outboxDiscard", { text: excerpt(note) }), text("outboxDiscardYes"))) remove(note);
  },
};

function onClick(event) {
  if (event.target.closest("[data-outbox]")) {
    dialog().showModal();
    sendNow();
  }
  const action = event.target.closest("[data-outbox-do]")?.dataset.outboxDo;
  const note = action && byKey(event.target.closest("[data-key]").dataset.key);
  if (note) ACTIONS[action](note);
}

// A waiting note that was looked at and saved in the dialog waits no longer.
function onSaved() {
  const key = document.querySelector("#quick-note [name=source_key]")?.value;
  const note = key && byKey(key);
  if (note) remove(note);
}

function onSignOut(event) {
  if (owner && event.target.matches("[data-sign-out]")) removeAllOf(owner.user);
}

function readOwner() {
  const { user } = document.body.dataset;
  const { tokenUrl, saveUrl, dialogUrl } = dialog()?.dataset ?? {};
  return user && tokenUrl ? { user, tokenUrl, saveUrl, dialogUrl } : null;
}

// How a note is taken up again in the dialog of the quick note is given, as that file already knows this one.
export function initOutbox(quickNote) {
  ({ openNote } = quickNote);
  owner = readOwner();
  if (!owner) return;
  removeOld();
  rememberOwner({ user: owner.user });
  document.addEventListener(CHANGED, show);
  window.addEventListener("storage", show);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onPlainNote);
  document.addEventListener("submit", onSignOut);
  document.addEventListener("quickNoteSaved", onSaved, true);
  window.addEventListener("online", sendNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendNow());
  show();
  sendNow();
}
