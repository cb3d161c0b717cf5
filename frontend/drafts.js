// Nothing typed is lost: forms marked data-draft are kept in this browser until the server has saved them.
//
// A draft belongs to a user and an address. The form sends the draft's token along; when the server has saved, it
// answers with a cookie that names the token (crm/common/drafts.py) and the next page removes the draft. A validation
// error, an expired session, a lost connection or a closed tab set no such cookie: the draft stays and is restored.
// Drafts can hold confidential notes: they go at sign-out, when somebody else signs in, and after two weeks.
import { text } from "./texts.js";

const PREFIX = "draft:";
const COOKIE = "saved_draft";
const LONGEST_MS = 14 * 24 * 3600 * 1000;
const SKIPPED = new Set(["csrfmiddlewaretoken", "_draft"]);
// Made anew with each form: alone it is no draft.
const FRESH = new Set(["source_key"]);
const PAUSE_MS = 300;

let signingOut = false;
const user = () => document.body.dataset.user;
const keyOf = (form) => `${PREFIX}${user()}:${form.dataset.draft || location.pathname}`;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // storage full or blocked: the form itself still works
  }
}

function draftKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function removeDrafts(matches) {
  for (const key of draftKeys()) if (matches(key, read(key))) localStorage.removeItem(key);
}

function takeSavedToken() {
  const match = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([^;]+)`));
  if (!match) return null;
  document.cookie = `${COOKIE}=; Max-Age=0; Path=/; SameSite=Lax`;
  return decodeURIComponent(match[1]);
}

function removeSaved() {
  const token = takeSavedToken();
  if (token) removeDrafts((key, draft) => draft?.token === token);
}

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !SKIPPED.has(field.name) && !/^(password|file|submit|button)$/.test(field.type),
  );
}

function entry(field) {
  const { name, type } = field;
  if (type === "checkbox" || type === "radio") return { name, value: field.value, checked: field.checked };
  if (field.tagName === "SELECT") {
    return { name, chosen: [...field.selectedOptions].map((option) => [option.value, option.textContent]) };
  }
  return { name, value: field.value };
}

const snapshot = (form) => fields(form).map(entry);
const typed = (values) => JSON.stringify(values.filter((item) => !FRESH.has(item.name)));
const same = (one, other) => typed(one) === typed(other);

function choose(select, chosen) {
  const values = chosen.map(([value]) => value);
  if (select.tomselect) {
    chosen.forEach(([value, label]) => select.tomselect.addOption({ value, text: label.trim() }));
    select.tomselect.setValue(select.multiple ? values : (values[0] ?? ""), true);
  } else {
    for (const option of select.options) option.selected = values.includes(option.value);
  }
}

function fill(form, values) {
  const rest = [...values];
  for (const field of fields(form)) {
    const isBox = field.type === "checkbox" || field.type === "radio";
    const at = rest.findIndex((item) => item.name === field.name && (!isBox || item.value === field.value));
    if (at < 0) continue;
    const [item] = rest.splice(at, 1);
    if (isBox) field.checked = item.checked;
    else if (item.chosen) choose(field, item.chosen);
    else field.value = item.value;
  }
}

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
  Object.assign(field, { type: "hidden", name: "_draft", value: form.dataset.draftToken || (crypto.randomUUID?.() ?? `${Date.now()}`) });
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
    const now = Date.now();
    removeDrafts((key, draft) => !draft || now - draft.time > LONGEST_MS);
    if (user()) removeDrafts((key) => !key.startsWith(`${PREFIX}${user()}:`));
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
