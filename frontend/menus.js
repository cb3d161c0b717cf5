// Menus are native <details>; this closes them as people expect and opens the navigation on phones.

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  event.preventDefault(); // whatever else Escape ends stays: a dialog, a selection
  open.open = false;
  open.querySelector("summary").focus();
}

// How far from the edge of the window a menu stays.
const EDGE_PX = 8;

// A menu hangs below its button; where it would leave the window it moves to the side. On a narrow screen it lies at
// the foot of the screen instead (controls.css).
function keepInside(menu) {
  const panel = menu.querySelector(".menu-panel");
  if (!panel) return;
  panel.style.removeProperty("--menu-shift");
  const { left, right } = panel.getBoundingClientRect();
  const room = document.documentElement.clientWidth - EDGE_PX - right;
  const shift = left < EDGE_PX ? EDGE_PX - left : Math.min(0, room);
  if (shift) panel.style.setProperty("--menu-shift", `${shift}px`);
}

function onToggle(event) {
  if (event.target.matches("details.menu[open]")) keepInside(event.target);
}

// Filters and short forms stand beside or above a list on a wide screen and fold away on a phone. One that was unfolded
// there stays so when it is drawn anew, and so does one with errors.
const FOLDED = "details.filters, details.fold-narrow";
const wide = window.matchMedia("(min-width: 992px)");
const unfolded = new Set();

export function foldParts(root) {
  for (const part of root.querySelectorAll(FOLDED)) {
    part.open = wide.matches || unfolded.has(part.id) || part.querySelector("[aria-invalid='true']") !== null;
  }
}

// A click on the summary is what somebody did: the part is about to open or to close.
function noteFold(event) {
  const part = event.target.closest(`:is(${FOLDED}) > summary`)?.parentElement;
  if (!part?.id || wide.matches) return;
  if (part.open) unfolded.delete(part.id);
  else unfolded.add(part.id);
}

export function initMenus() {
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("click", noteFold);
  document.addEventListener("keydown", onEscape);
  const toggle = document.querySelector("[data-nav-toggle]");
  toggle?.addEventListener("click", () => {
    const nav = document.getElementById(toggle.getAttribute("aria-controls"));
    const open = nav.classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  wide.addEventListener("change", () => {
    unfolded.clear();
    foldParts(document);
  });
}
