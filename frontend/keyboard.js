// Keys for people who are interrupted all day. Single letters can be switched off (WCAG 2.1.4).
//   data-key="n" on a link, button or field: pressing n follows, presses or focuses it.
//   Ctrl+Enter saves the form in focus, Ctrl+Alt+Enter saves it and opens the next one.

import { mayBeTyping } from "./typing.js";

const OFF = "shortcuts-off";

function stored() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function store(isOff) {
  try {
    isOff ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF);
  } catch {
    // storage may be blocked; the choice then cannot be kept
  }
}

function follow(key) {
  const matches = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  // The page's own button knows more than the one in the header, for instance the actor; of messages, the last counts.
  const target = matches.find((element) => element.closest("main")) ?? matches.at(-1);
  if (!target) return false;
  if (target.matches("input, textarea, select")) {
    target.focus();
    target.select?.();
  } else if (target.dataset.dialog) {
    document.getElementById(target.dataset.dialog)?.showModal();
  } else {
    target.click();
  }
  return true;
}

function onSingleKey(event) {
  if (event.repeat || event.defaultPrevented || mayBeTyping(event) || stored()) return;
  if (event.key.length === 1 && follow(event.key)) event.preventDefault();
}

function onSave(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form") ?? document.querySelector("main form[data-main]");
  if (!form || form.getAttribute("role") === "search") return;
  event.preventDefault();
  const another = event.altKey ? form.querySelector('button[name="_addanother"]') : null;
  form.requestSubmit(another ?? undefined);
}

function initShortcutSwitch() {
  const box = document.querySelector("[data-shortcut-switch]");
  if (!box) return;
  box.checked = !stored();
  box.addEventListener("change", () => store(!box.checked));
}

export function initKeyboard() {
  document.addEventListener("keydown", onSave);
  document.addEventListener("keydown", onSingleKey);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  });
  initShortcutSwitch();
}
