// Buttons that copy a field: data-copy names it, data-copied is what the message says.
import { showToast } from "./toasts.js";

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    showToast({ text: button.dataset.copied });
  } catch {
    // No permission, or no encrypted connection: it is selected, ready to be copied by hand.
  }
}

export function initCopy() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
