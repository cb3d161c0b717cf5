// When a part of the page is drawn anew, whoever works by keyboard goes on where they were: otherwise the focus falls to
// the top of the page, and letters meant for the next field act as shortcuts.
//   data-enter on the new part: it was opened to be filled in, and the cursor goes to its first field.
import { enterFirst } from "./first-field.js";

const ROW = "[data-toggle-row]";

const nameOf = (element) =>
  element.name || element.getAttribute("aria-label") || element.textContent.trim().replace(/\s+/g, " ");

const rowsOf = (part) => [...part.querySelectorAll(ROW)];

function isOnScreen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return element.checkVisibility() && bottom > 0 && top < window.innerHeight;
}

// What htmx finds again by itself has an id that is still there.
function describe(part, element) {
  return {
    part: part.id,
    action: element.form?.getAttribute("action"),
    tag: element.tagName,
    name: nameOf(element),
    row: rowsOf(part).indexOf(element.closest(ROW)),
  };
}

function sameForm(part, { action }) {
  return action && [...part.querySelectorAll("form")].find((form) => form.getAttribute("action") === action);
}

function sameControl(part, { tag, name }) {
  return [...part.querySelectorAll(tag)].find((element) => nameOf(element) === name && isOnScreen(element));
}

function nextRow(part, { row }) {
  const rows = rowsOf(part);
  const next = part.matches(ROW) ? part : rows[row < 0 ? -1 : Math.min(row, rows.length - 1)];
  return next?.querySelector("[data-toggle]");
}

function goOn(left) {
  const part = document.getElementById(left.part);
  if (!part || (document.activeElement && document.activeElement !== document.body)) return;
  const form = part.matches("[data-enter]") ? part : sameForm(part, left);
  if (form && enterFirst(form)) return;
  const control = nextRow(part, left) ?? sameControl(part, left);
  if (control) {
    control.focus();
    return;
  }
  // The next Tab leads to the first thing in it.
  if (part.tabIndex < 0) part.setAttribute("tabindex", "-1");
  part.focus({ preventScroll: true });
}

export function initKeepFocus() {
  let left = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const at = document.activeElement;
    const { target } = detail;
    left = target?.id && target !== document.body && target.contains(at) ? describe(target, at) : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!left) return;
    const was = left;
    left = null;
    // Only afterwards the page is scrolled.
    queueMicrotask(() => goOn(was));
  });
}
