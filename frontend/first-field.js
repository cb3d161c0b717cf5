// The cursor stands in the first field of a form that one types or chooses in; what is ticked has its answer. In a form
// that came back with errors it stands in the first wrong one.

const FIELD = "input:not([type='hidden'], [type='submit'], [type='button']), select, textarea";

// What is hidden, folded away or cannot be changed is no place to begin.
function isOpen(field) {
  const seen = field.tomselect?.wrapper ?? field;
  return !field.disabled && !field.readOnly && seen.checkVisibility();
}

// Of several round buttons the chosen one has the focus.
function chosenOf(field) {
  if (field.type !== "radio") return field;
  return field.form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`) ?? field;
}

function enter(field, options) {
  const select = field.tomselect;
  const target = select?.control_input ?? chosenOf(field);
  // The list of a select opens when it is entered: here nobody has asked for it, and it would cover the form.
  const opens = select?.settings.openOnFocus;
  if (select) select.settings.openOnFocus = false;
  target.focus(options);
  if (select) select.settings.openOnFocus = opens;
  if (/^(text|search|tel|url)$|^textarea$/.test(target.type))
    target.setSelectionRange(target.value.length, target.value.length);
}

export function focusFirstWrong(root) {
  const wrong = [...root.querySelectorAll("[aria-invalid='true']")].find(
    (field) => field.matches(FIELD) && isOpen(field),
  );
  if (wrong) {
    enter(wrong);
    wrong.closest(".field")?.scrollIntoView({ block: "center" });
  }
  return Boolean(wrong);
}

export function enterFirst(form, options) {
  const fields = [...form.querySelectorAll(FIELD)].filter(isOpen);
  const first = fields.find((field) => !/^(radio|checkbox)$/.test(field.type)) ?? fields[0];
  if (first) enter(first, options);
  return Boolean(first);
}

export function initFirstField(root) {
  const isFree = document.activeElement === document.body || document.activeElement === null;
  if (root !== document.body || !isFree || location.hash) return;
  const form = document.querySelector("main form[data-main]");
  // What stands above the form is read first.
  if (form) enterFirst(form, { preventScroll: true });
}
