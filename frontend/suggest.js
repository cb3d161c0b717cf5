// The search in the header while one types: htmx fetches the suggestions, this moves through them.
// Arrows choose, Enter opens the chosen one (or lets the form find the first), Escape closes.

function parts() {
  return {
    field: document.querySelector("[data-suggest]"),
    list: document.getElementById("search-suggestions"),
  };
}

const hits = (list) => [...list.querySelectorAll('[role="option"]')];

function choose(field, list, index) {
  const all = hits(list);
  all.forEach((hit, i) => hit.setAttribute("aria-selected", String(i === index)));
  const chosen = all[index];
  if (chosen) {
    field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function open({ field, list }, isOpen) {
  list.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) choose(field, list, -1);
}

function onKey(event) {
  const { field, list } = parts();
  if (event.target !== field || list.hidden) return;
  const all = hits(list);
  const current = all.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") {
    event.preventDefault();
    open({ field, list }, false);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(field, list, (current + step + all.length + (current < 0 && step < 0 ? 1 : 0)) % (all.length || 1));
  } else if (event.key === "Enter" && current >= 0) {
    event.preventDefault();
    all[current].click();
  }
}

export function initSuggestions() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:afterSwap", (event) => {
    const found = parts();
    if (event.target !== found.list) return;
    const isAsked = document.activeElement === found.field && found.field.value.trim() !== "";
    open(found, isAsked && found.list.childElementCount > 0);
  });
  document.addEventListener("focusout", (event) => {
    const found = parts();
    if (event.target === found.field && !found.list.contains(event.relatedTarget)) {
      // A click on a suggestion comes after the field has lost the focus.
      setTimeout(() => open(found, false), 200);
    }
  });
}
