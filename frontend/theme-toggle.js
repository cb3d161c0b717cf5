// The button in the header that switches between light and dark and remembers the choice in this browser.

function label(button) {
  const isDark = document.documentElement.dataset.bsTheme === "dark";
  button.setAttribute("aria-label", isDark ? button.dataset.labelLight : button.dataset.labelDark);
  button.title = button.getAttribute("aria-label");
}

export function initThemeToggle() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  label(button);
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    document.documentElement.dataset.bsTheme = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // storage may be blocked; the choice then lasts for this page
    }
    label(button);
    document.dispatchEvent(new CustomEvent("theme:changed", { detail: { theme: next } }));
  });
}
