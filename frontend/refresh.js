// What was just saved without leaving the page is seen on it at once. Parts of a page that may say something else
// afterwards are marked data-fresh (with an id): they are fetched anew and put in their places. Whatever else shows
// records listens itself: hx-trigger="recordschanged from:document".
import htmx from "htmx.org/dist/htmx.esm.js";

const PLACE = "scroll-place";

export function announceChange() {
  document.dispatchEvent(new CustomEvent("recordschanged"));
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "hidden") return false;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const options = [...field.options];
  return (
    options.some((option) => option.defaultSelected) &&
    options.some((option) => option.selected !== option.defaultSelected)
  );
}

// Nothing that somebody has begun to type is taken away.
function isInUse(part) {
  const fields = [...part.querySelectorAll("input:not([data-pick]), select, textarea")];
  return fields.some(
    (field) => isChanged(field) || (field === document.activeElement && !/^(checkbox|radio)$/.test(field.type)),
  );
}

function replace(part, fresh) {
  if (fresh && !isInUse(part)) htmx.swap(part, fresh.outerHTML, { swapStyle: "outerHTML" });
}

async function refresh() {
  const parts = [...document.querySelectorAll("[data-fresh]")];
  if (!parts.length) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) if (part.isConnected) replace(part, page.getElementById(part.id));
  } catch {
    // no network: the page stays as it is, and what was saved is in the message
  }
}

// Undo draws the page anew: it is then read on where it was.
function rememberPlace(event) {
  if (!event.target.matches("[data-toast-undo]")) return;
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, y: window.scrollY }));
  } catch {
    // no storage: the page begins at its top
  }
}

function returnToPlace() {
  try {
    const place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    if (!place || place.path !== location.pathname) return;
    const scroll = () => window.scrollTo(0, place.y);
    scroll();
    // The page grows while its parts are filled; whoever moves it decides from then on.
    document.addEventListener("htmx:afterSettle", scroll);
    const stop = () => document.removeEventListener("htmx:afterSettle", scroll);
    for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"])
      addEventListener(moved, stop, { once: true, passive: true });
  } catch {
    // no storage: the page begins at its top
  }
}

export function initRefresh() {
  document.addEventListener("quickNoteSaved", announceChange);
  document.addEventListener("recordschanged", refresh);
  document.addEventListener("submit", rememberPlace);
  returnToPlace();
}
