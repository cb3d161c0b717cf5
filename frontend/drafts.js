// Nothing typed is lost: forms marked data-draft are kept in this browser until the server has saved them.
//
// A draft belongs to a user and an address. The form sends the draft's token along; when the server has saved, it
// answers with a cookie that names the token (core/drafts.py) and the next page removes the draft. A validation
// error, an expired session, a lost connection or a closed tab set no such cookie: the draft stays and is restored.
// Drafts can hold confidential notes: they go at sign-out, when somebody else signs in, and after two weeks.
import { PREFIX, read, removeDrafts, removeSaved, removeStale, write } from "./drafts/store.js";
import { fill, same, snapshot } from "./drafts/values.js";
import { text } from "./texts.js";

const PAUSE_MS = 300;

let signingOut = false;
const user = () => document.body.dataset.user;
const keyOf = (form) => `${PREFIX}${user()}:${form.dataset.draft || location.pathname}`;

function showNotice(form, key, draft) {
  const notice = document.getElementById("draft-notice").content.firstElementChild.cloneNode(true);
  const when = new Date(draft.time).toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  notice.querySelector("[data-draft-text]").textContent = text("draftRestored", { when });
  notice.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(key);
    const isOurs = form.dispatchEvent(new CustomEvent("draftdiscarded", { bubbles: true, cancelable: true }));
    if (isOurs) location.reload();
  });
  form.prepend(notice);
}

function tokenField(form) {
  const field = document.createElement("input");
  Object.assign(field, {
    type: "hidden",
    name: "_draft",
    value: form.dataset.draftToken || (crypto.randomUUID?.() ?? `${Date.now()}`),
  });
  form.append(field);
  return field;
}

// What was saved or put in the outbox is no draft any more, whatever the form still says while it closes.
export function endDraft(form) {
  form.setAttribute("data-draft-ended", "");
}

function watch(form) {
  const key = keyOf(form);
  const token = tokenField(form);
  const clean = snapshot(form);
  const draft = read(key);
  // A form that came back with errors already shows what was typed.
  if (draft && !form.hasAttribute("data-bound") && !same(draft.values, clean)) {
    fill(form, draft.values);
    showNotice(form, key, draft);
  }
  if (draft) token.value = draft.token;
  let timer = null;
  const save = () => {
    clearTimeout(timer);
    timer = null;
    if (signingOut || form.hasAttribute("data-draft-ended")) return;
    const values = snapshot(form);
    if (same(values, clean) && !form.hasAttribute("data-bound")) localStorage.removeItem(key);
    else write(key, { token: token.value, time: Date.now(), values });
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  };
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", saveSoon);
  form.addEventListener("submit", save);
  window.addEventListener("pagehide", () => timer && save());
}

export function initDrafts(root) {
  if (root === document.body) {
    removeSaved();
    removeStale(user());
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-sign-out]")) return;
      signingOut = true;
      removeDrafts(() => true);
    });
    document.addEventListener("htmx:afterRequest", removeSaved);
  }
  if (!user()) return;
  const selector = "form[data-draft]:not([data-draft-on])";
  for (const form of [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)]) {
    form.setAttribute("data-draft-on", "");
    watch(form);
  }
}
