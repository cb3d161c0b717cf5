// Runs before the first paint: sets light or dark so that the page does not flash, and marks that scripts run.
const page = document.documentElement;
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage may be blocked; then the system's choice holds
  }
}

function apply() {
  page.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light");
}

page.classList.add("js");
apply();
dark.addEventListener("change", apply);
