// Filters apply themselves: at once for a choice, after a pause while typing. Without scripts there is a button.

const PAUSE_MS = 350;
const timers = new WeakMap();
const KEPT = ["sort", "per_page"];

function submitSoon(form, delay) {
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => form.requestSubmit(), delay),
  );
}

function onEdit(event) {
  const form = event.target.form;
  if (!form?.matches("[data-autosubmit]")) return;
  const isTyped = /^(text|search|number)$/.test(event.target.type);
  if (event.type === "input" && isTyped) submitSoon(form, PAUSE_MS);
  if (event.type === "change" && !isTyped) submitSoon(form, 0);
}

// Clean addresses: fields left empty do not appear; sorting and page size of the list shown stay as they are.
function onRequest(event) {
  const { elt, parameters } = event.detail;
  if (!elt.matches("form[data-autosubmit]")) return;
  const current = new URLSearchParams(location.search);
  for (const name of new Set([...new FormData(elt).keys()])) {
    const filled = new FormData(elt).getAll(name).filter((value) => value !== "");
    if (filled.length === 0) delete parameters[name];
  }
  for (const name of KEPT) {
    if (current.has(name)) parameters[name] = current.get(name);
    else delete parameters[name];
  }
}

export function initAutosubmit() {
  document.addEventListener("input", onEdit);
  document.addEventListener("change", onEdit);
  document.addEventListener("htmx:configRequest", onRequest);
}
