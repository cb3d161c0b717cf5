// The import pages: long steps report how far they have come.
//
// A form marked data-progress is sent by fetch. The server answers with one JSON value a line:
// {"done", "total", "phase"} while it works, last {"redirect"} or {"error", "details"}. Without this script the same
// form is an ordinary POST. A form marked data-busy only shows that something is going on.

const PROGRESS_HEADER = { "X-Progress": "1" };

function boxOf(form) {
  return {
    box: form.querySelector("[data-progress-box]"),
    text: form.querySelector("[data-progress-text]"),
    bar: form.querySelector("[data-progress-bar]"),
    error: form.querySelector("[data-progress-error]"),
    message: form.querySelector("[data-progress-message]"),
    details: form.querySelector("[data-progress-details]"),
  };
}

function setBusy(form, busy) {
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = busy;
  form.toggleAttribute("aria-busy", busy);
}

function showStep(parts, { done, total, phase }) {
  parts.text.textContent = parts.box.dataset[phase] ?? "";
  parts.bar.max = Math.max(total, 1);
  parts.bar.value = done;
}

function showError(form, parts, message, details = []) {
  parts.box.hidden = true;
  parts.message.textContent = message;
  parts.details.replaceChildren(
    ...details.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
  parts.error.hidden = false;
  parts.error.scrollIntoView({ block: "center" });
  setBusy(form, false);
}

async function* linesOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : lines.pop();
    yield* lines.filter(Boolean).map((line) => JSON.parse(line));
    if (done) return;
  }
}

async function follow(form, parts, response) {
  for await (const line of linesOf(response)) {
    if (line.redirect) {
      const target = new URL(line.redirect, location.href);
      const same = target.pathname === location.pathname;
      location.assign(target);
      // The same address with a fragment would only scroll.
      if (same && target.hash) location.reload();
      return;
    }
    if (line.error) return showError(form, parts, line.error, line.details);
    showStep(parts, line);
  }
  throw new Error("the answer broke off");
}

async function send(form) {
  const parts = boxOf(form);
  parts.error.hidden = true;
  parts.box.hidden = false;
  parts.bar.removeAttribute("value");
  const body = new FormData(form);
  setBusy(form, true);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: PROGRESS_HEADER });
    if (response.headers.get("Content-Type")?.startsWith("application/x-ndjson")) {
      await follow(form, parts, response);
    } else {
      // Signed out, or something the server shows as a page of its own.
      location.assign(response.redirected ? response.url : location.href);
    }
  } catch {
    showError(form, parts, parts.box.dataset.lost);
  }
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.matches("[data-progress]")) {
    event.preventDefault();
    send(form);
  } else if (form.matches("[data-busy]")) {
    form.querySelector("[data-busy-bar]").hidden = false;
    setBusy(form, true);
  }
}

export function initImports(root) {
  root.addEventListener("submit", onSubmit);
  // Back from the next page: the form must work again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) setBusy(form, false);
  });
}
