// Short messages in the corner: those the server sent with the page, and those scripts add.

const SHOWN_MS = 8000;
const ANNOUNCED_AFTER_MS = 100;

// Errors and messages with a button stay until they are closed; nobody should have to hurry.
function leavesByItself(toast) {
  return toast.dataset.level !== "error" && toast.dataset.level !== "warning" && !toast.querySelector("form, a");
}

function startTimer(toast) {
  if (!leavesByItself(toast)) return;
  let timer = setTimeout(() => toast.remove(), SHOWN_MS);
  const pause = () => clearTimeout(timer);
  const resume = () => {
    pause();
    timer = setTimeout(() => toast.remove(), SHOWN_MS);
  };
  toast.addEventListener("mouseenter", pause);
  toast.addEventListener("focusin", pause);
  toast.addEventListener("mouseleave", resume);
  toast.addEventListener("focusout", resume);
}

// A link to what the message is about, and a button that takes it back; what is not needed goes.
function addActions(toast, { url, undo }) {
  const link = toast.querySelector("[data-toast-link]");
  const form = toast.querySelector("[data-toast-undo]");
  if (url) link.href = url;
  else link.remove();
  if (undo) {
    form.action = undo;
    form.elements.next.value = location.pathname + location.search;
  } else {
    form.remove();
  }
}

export function showToast({ level = "success", text, url, undo }) {
  const region = document.getElementById("messages");
  const model = document.getElementById("toast-model");
  if (!region || !model || !text) return;
  const toast = model.content.firstElementChild.cloneNode(true);
  toast.dataset.level = level;
  toast.querySelector("[data-toast-text]").textContent = text;
  addActions(toast, { url, undo });
  region.append(toast);
  startTimer(toast);
}

export function initToasts() {
  const region = document.getElementById("messages");
  const sent = region ? [...region.children] : [];
  // Screen readers say what is added to a live region, not what it held from the beginning.
  sent.forEach((toast) => toast.remove());
  setTimeout(() => {
    region?.prepend(...sent);
    sent.forEach(startTimer);
  }, ANNOUNCED_AFTER_MS);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close-toast]");
    if (button) button.closest(".toast-note").remove();
  });
}
