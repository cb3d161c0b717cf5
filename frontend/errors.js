// A form that came back with errors: the summary is read first, and its links lead into the fields.

export function initErrors(root) {
  root.querySelector("[data-error-summary]")?.focus();
}

export function initErrorLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const target = field.tomselect?.control_input ?? field;
    target.focus();
    target.scrollIntoView({ block: "center" });
  });
}
