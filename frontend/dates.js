// Chips beside a date field: data-set-date="+1" (days), "+7" or "+1m" (months), counted from today.

function pad(number) {
  return String(number).padStart(2, "0");
}

function isoDate(date) {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

// One month after 31 January is the last day of February, not a day in March.
export function shifted(today, step) {
  const amount = Number.parseInt(step, 10);
  if (!step.endsWith("m")) {
    return isoDate(new Date(today.getFullYear(), today.getMonth(), today.getDate() + amount));
  }
  const lastDay = new Date(today.getFullYear(), today.getMonth() + amount + 1, 0).getDate();
  return isoDate(new Date(today.getFullYear(), today.getMonth() + amount, Math.min(today.getDate(), lastDay)));
}

function fieldOf(button) {
  if (button.dataset.target) return document.getElementById(button.dataset.target);
  return button.closest(".field")?.querySelector('input[type="date"]');
}

export function initDates() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set-date]");
    const field = button && fieldOf(button);
    if (!field) return;
    field.value = button.dataset.setDate ? shifted(new Date(), button.dataset.setDate) : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
