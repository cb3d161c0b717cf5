// Asks once before something that cannot be taken back lightly: data-confirm="…" on a form or button, hx-confirm.

let confirmed = null;

export function ask(question, label) {
  const dialog = document.getElementById("confirm-dialog");
  const button = dialog.querySelector("[data-confirm-yes]");
  dialog.querySelector("[data-confirm-text]").textContent = question;
  button.textContent = label || button.dataset.label;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

async function onSubmit(event) {
  const form = event.target;
  const source = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!source.dataset.confirm || confirmed === form) {
    confirmed = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  if (await ask(source.dataset.confirm, source.dataset.confirmLabel)) {
    confirmed = form;
    form.requestSubmit(submitter ?? undefined);
  }
}

async function onHtmxConfirm(event) {
  const { question, elt, issueRequest } = event.detail;
  if (!question) return;
  event.preventDefault();
  if (await ask(question, elt.dataset.confirmLabel)) issueRequest(true);
}

export function initConfirm() {
  // Capture: the question comes before htmx and drafts see the submit.
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:confirm", onHtmxConfirm);
}
