// Counting who came: the number changes with the tap, the server is told one tap after the other, and what it
// answers is what stands. Without this script the buttons send the form.
import htmx from "htmx.org/dist/htmx.esm.js";

function start(form) {
  const card = form.closest("[data-counter]");
  const rows = new Map([...form.querySelectorAll("[data-group]")].map((row) => [row.dataset.group, row]));
  const stored = new Map();
  const waiting = new Map();
  for (const [group, row] of rows) stored.set(group, Number(row.querySelector("[data-count]").value));
  let queue = Promise.resolve();

  const show = (group) => {
    const count = Math.max(0, stored.get(group) + (waiting.get(group) ?? 0));
    const row = rows.get(group);
    row.querySelector("[data-count]").value = String(count);
    row.querySelector(".count-less").disabled = count === 0;
  };
  const wait = (group, step) => {
    waiting.set(group, (waiting.get(group) ?? 0) + step);
    show(group);
  };

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name !== "tap") return;
    event.preventDefault();
    const [group, step] = button.value.split(":");
    // What was chosen at the moment of the tap counts, not what is chosen when its turn comes.
    const values = { tap: button.value, sex: new FormData(form).get("sex") ?? "" };
    wait(group, Number(step));
    queue = queue
      .then(() => htmx.ajax("POST", form.action, { source: card, swap: "none", values }))
      .catch(() => {}) // no connection: the message is shown by htmx-setup, the number goes back
      .then(() => wait(group, -Number(step)));
  });

  card.addEventListener("counted", ({ detail }) => {
    for (const group of detail.groups) {
      stored.set(group.code, group.count);
      rows.get(group.code).querySelector("[data-detail]").textContent = group.detail;
    }
    card.querySelector("[data-total]").textContent = detail.total;
    card.querySelector("[data-basis]").textContent = detail.basis;
  });
  for (const group of rows.keys()) show(group);
}

export function initCounter() {
  const form = document.querySelector("[data-count-form]");
  if (form) start(form);
}
