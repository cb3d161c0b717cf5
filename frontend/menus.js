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
  open.open = false;
  open.querySelector("summary").focus();
}

export function initMenus() {
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", onEscape);
  const toggle = document.querySelector("[data-nav-toggle]");
  toggle?.addEventListener("click", () => {
    const nav = document.getElementById(toggle.getAttribute("aria-controls"));
    const open = nav.classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  // Filters stand beside the list on a wide screen and fold away on a phone.
  const wide = window.matchMedia("(min-width: 992px)");
  const fold = () => document.querySelectorAll("details.filters").forEach((filters) => (filters.open = wide.matches));
  fold();
  wide.addEventListener("change", fold);
}
