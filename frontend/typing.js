// Whether a key that is pressed now may be meant as text. Then no single letter does anything else.

// These take no text, wherever somebody stops at them who does not fill in a form.
const PRESSED = /^(checkbox|radio|range|button|submit|reset|image|color|file)$/;
const WRITTEN_INTO =
  "textarea, select, .ts-wrapper, [contenteditable]:not([contenteditable='false'])," +
  " [role='textbox'], [role='searchbox'], [role='combobox'], [role='spinbutton'], [role='listbox']";
// Whoever goes through a form by Tab and types on may stop at a box or a button.
const FORM = "form[data-main], form[data-draft]";
const OPENED = "dialog[open], details.menu[open]";

// A key of a combination, or one that only helps to write a letter (Chinese, Japanese, dead keys).
export function isCombined(event) {
  const isWriting = event.isComposing || event.keyCode === 229;
  return isWriting || event.ctrlKey || event.metaKey || event.altKey || event.getModifierState?.("AltGraph");
}

export function mayBeTyping(event) {
  if (isCombined(event) || document.querySelector(OPENED)) return true;
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest(FORM) || target.closest(WRITTEN_INTO)) return true;
  return target.matches("input") && !PRESSED.test(target.type);
}
