// htmx, with everything off that a strict content security policy forbids.
import htmx from "htmx.org/dist/htmx.esm.js";
import { text } from "./texts.js";
import { showToast } from "./toasts.js";

const SETTINGS = {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  // Pages hold personal data: none of them is kept in the browser's storage. "Back" asks the server again.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
  // What has been put in works at once: whoever types faster than a pause would send a form the plain way.
  defaultSettleDelay: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true }, // a form with errors
    { code: "[45]..", swap: false, error: true },
  ],
};

function isSignIn(address) {
  const signIn = document.body.dataset.signInUrl;
  return Boolean(signIn && address && new URL(address, location.href).pathname === signIn);
}

export function initHtmx() {
  Object.assign(htmx.config, SETTINGS);
  document.addEventListener("htmx:beforeSwap", (event) => {
    // The session ended: without this the sign-in page would land in the middle of a table.
    if (isSignIn(event.detail.xhr.responseURL)) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener("htmx:sendError", (event) => {
    // The quick note has a place of its own for what could not be sent (outbox.js).
    const { elt, target } = event.detail;
    if (!elt.closest("#quick-note") && target?.id !== "quick-note")
      showToast({ level: "error", text: text("offline") });
  });
  document.addEventListener("htmx:responseError", (event) => {
    // An answer that brings words of its own has said them already (showMessage below).
    if (event.detail.xhr.getResponseHeader("HX-Trigger")) return;
    const key = event.detail.xhr.status === 413 ? "tooLarge" : "serverError";
    showToast({ level: "error", text: text(key) });
  });
  // Answers may carry a message for the user: HX-Trigger: {"showMessage": {"level": "success", "text": "…"}}
  document.addEventListener("showMessage", (event) => showToast(event.detail));
}

export function onLoad(callback) {
  htmx.onLoad(callback);
}
