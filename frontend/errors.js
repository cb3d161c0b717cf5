// A form that came back with errors: one goes on in the first wrong field; the summary above it names all of them, and
// its links lead into the fields. What is wrong with the form as a whole is read in the summary.
import { focusFirstWrong } from "./first-field.js";

export function initErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary && !focusFirstWrong(summary.closest("form") ?? root)) summary.focus();
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
