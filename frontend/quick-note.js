// The quick note: a dialog that opens on every page without leaving it. What is typed is read by the server while one
// types; each thing it understood is a control that can be corrected. What was set by hand is kept in one hidden
// field (JSON), so that it travels with the form and with the draft in this browser.
//   data-quick-note="/…/dialog/" on a link: opens the dialog instead of following the link.
import htmx from "htmx.org/dist/htmx.esm.js";
import { endDraft } from "./drafts.js";
import { keepForm, openPlainNote } from "./outbox.js";
import { initNoteSuggestions } from "./quick-note-suggest.js";
import { text } from "./texts.js";

const PAUSE_MS = 250;
// Who looks for an entry of a list by its first letters chooses several on the way.
const CHOOSING_MS = 700;
const dialog = () => document.getElementById("quick-note");
const formOf = (element) => element.closest("[data-quick-note-form]");
const textOf = (form) => form.querySelector("textarea");

let timer = null;
let asked = 0;

function choices(form) {
  try {
    return JSON.parse(form.elements.choices.value) ?? {};
  } catch {
    return {};
  }
}

// "input" tells the drafts (drafts.js) that there is something new to keep.
export function choose(form, change) {
  const chosen = choices(form);
  change(chosen);
  form.elements.choices.value = JSON.stringify(chosen);
  form.elements.choices.dispatchEvent(new Event("input", { bubbles: true }));
}

const put = (chosen, part, key, value) => {
  chosen[part] = { ...chosen[part], [key]: value };
};

// Whatever else the answer to an earlier text brings, it comes too late.
function forget() {
  clearTimeout(timer);
  asked += 1;
}

export async function readAlong(form) {
  forget();
  const mine = asked;
  const data = new FormData(form);
  data.delete("_draft"); // reading along saves nothing: the draft is kept
  try {
    const answer = await fetch(form.dataset.parseUrl, {
      method: "POST",
      body: data,
      headers: { "HX-Request": "true" },
    });
    if (mine !== asked || !answer.ok || answer.redirected || !form.isConnected) return;
    const html = await answer.text();
    if (mine !== asked) return;
    const lastFocus = document.activeElement?.closest("#quick-note-parts");
    htmx.swap("#quick-note-parts", html, { swapStyle: "outerHTML" });
    shown(form, Boolean(lastFocus));
  } catch {
    // no network: the text stays, and is read when it is sent
  }
}

function shown(form, hadFocus) {
  const parts = document.getElementById("quick-note-parts");
  form.querySelector("[data-quick-note-status]").textContent = parts?.dataset.summary ?? "";
  if (hadFocus && !parts?.contains(document.activeElement)) textOf(form).focus();
}

function readSoon(form, pause = PAUSE_MS) {
  clearTimeout(timer);
  timer = setTimeout(() => readAlong(form), pause);
}

async function open(address) {
  const box = dialog();
  if (box.open) return;
  try {
    await htmx.ajax("GET", address, { target: "#quick-note", swap: "innerHTML" });
  } catch {
    openPlainNote(address);
    return;
  }
  showDialog(box);
}

function showDialog(box) {
  if (!box.querySelector("form") || box.open) return;
  box.showModal();
  const area = box.querySelector("textarea");
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
}

// A note that waits in this browser is taken up again, under its key. False where the dialog cannot be had.
export async function openNote(address, note) {
  const box = dialog();
  if (!box || box.open) return false;
  const { source_key: key, url, text: typed, actors, choices: chosen } = note;
  try {
    await htmx.ajax("GET", `${address}?source_key=${encodeURIComponent(key)}`, {
      target: "#quick-note",
      swap: "innerHTML",
    });
  } catch {
    return false;
  }
  const form = box.querySelector("form");
  if (!form) return false;
  if (url) form.setAttribute("hx-post", url);
  if (!textOf(form).value) {
    textOf(form).value = typed;
    form.elements.actors.value = actors ?? "";
    form.elements.choices.value = chosen || "{}";
  }
  htmx.process(form);
  showDialog(box);
  readAlong(form);
  return true;
}

function onOpen(event) {
  const link = event.target.closest("[data-quick-note]");
  if (!link || !dialog() || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  event.preventDefault();
  open(link.dataset.quickNote);
}

// Buttons among the chips, by what they do.
const BUTTONS = {
  noteSet: (chosen, button) => (chosen[button.dataset.noteSet] = button.value),
  noteLeave: (chosen, button) => (chosen.left_out = [...(chosen.left_out ?? []), button.dataset.noteLeave]),
  notePlain: (chosen, button) => put(chosen, "who", button.dataset.notePlain, "text"),
  noteTopicOff: (chosen, button) => put(chosen, "topics", button.dataset.noteTopicOff, false),
};

function onClick(event) {
  const button = event.target.closest("#quick-note button");
  const form = button && formOf(button);
  if (!form) return;
  if ("quickNoteClose" in button.dataset) dialog().close();
  if ("quickNoteMore" in button.dataset) HTMLFormElement.prototype.submit.call(form);
  if (button.dataset.newKey) {
    form.elements.source_key.value = button.dataset.newKey;
    form.requestSubmit();
  }
  const known = Object.keys(BUTTONS).find((name) => name in button.dataset);
  if (!known) return;
  choose(form, (chosen) => BUTTONS[known](chosen, button));
  readAlong(form);
}

function onChange(event) {
  const field = event.target;
  const form = field.closest?.("#quick-note-parts") && formOf(field);
  if (!form) return;
  const { noteChoice, noteWho, noteNew, part, noteTopic } = field.dataset;
  choose(form, (chosen) => {
    if (noteChoice) chosen[noteChoice] = field.type === "checkbox" ? field.checked : field.value;
    if (noteWho) put(chosen, "who", noteWho, field.value);
    if (noteNew) put(chosen, "new", noteNew, { ...newActor(field), ...(part === "kind" ? { type: "" } : {}) });
    if (noteTopic !== undefined && field.value) put(chosen, "topics", field.value, true);
  });
  // Somebody who is still typing into a date or a name is not interrupted.
  if (field.tagName === "SELECT") readSoon(form, CHOOSING_MS);
}

function newActor(field) {
  const name = CSS.escape(field.dataset.noteNew);
  const all = document.querySelectorAll(`#quick-note-parts [data-note-new="${name}"]`);
  return Object.fromEntries([...all].map((control) => [control.dataset.part, control.value]));
}

function onSubmit(event) {
  if (!event.target.matches("[data-quick-note-form]")) return;
  forget();
  event.target.querySelector("[data-quick-note-failed]").hidden = true;
}

// The answer to a note that was not taken: lead to what is missing.
function onSettle(event) {
  const parts = document.getElementById("quick-note-parts");
  if (event.target !== parts || !dialog()?.open) return;
  const wrong = parts.querySelector("#quick-note-stored, [aria-invalid]");
  if (event.detail.xhr) (wrong ?? dialog().querySelector("textarea")).focus();
}

// Messages in the corner lie behind the dialog; what keeps it open is said inside.
function onFailed(event) {
  const place = event.target.querySelector?.("[data-quick-note-failed]");
  if (!place) return;
  if (event.type === "htmx:sendError" && keepForm(event.target)) return onSaved();
  place.textContent = text(event.type === "htmx:sendError" ? "offline" : "serverError");
  place.hidden = false;
}

function onSaved() {
  forget();
  const form = dialog().querySelector("form");
  if (form) endDraft(form);
  dialog().close();
  dialog().replaceChildren();
}

function onInput(event) {
  if (event.target.matches("#quick-note-text")) readSoon(formOf(event.target));
}

export function initQuickNote() {
  if (!dialog()) return;
  document.addEventListener("click", onOpen);
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("input", onInput);
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:afterSettle", onSettle);
  document.addEventListener("htmx:sendError", onFailed);
  document.addEventListener("htmx:responseError", onFailed);
  document.addEventListener("quickNoteSaved", onSaved);
  document.addEventListener("draftdiscarded", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    htmx.ajax("GET", form.dataset.dialogUrl, { target: "#quick-note", swap: "innerHTML" });
  });
  initNoteSuggestions({ choose, readAlong });
}

// A restored draft is read at once.
export function initNoteForm(root) {
  const form = root.matches?.("[data-quick-note-form]") ? root : root.querySelector("[data-quick-note-form]");
  if (form && textOf(form).value.trim()) readAlong(form);
}
