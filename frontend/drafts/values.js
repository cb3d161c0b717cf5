// What a form holds, as a draft keeps it, and how it comes back into the form.
const SKIPPED = new Set(["csrfmiddlewaretoken", "_draft"]);
// Made anew with each form: alone it is no draft.
const FRESH = new Set(["source_key"]);

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !SKIPPED.has(field.name) && !/^(password|file|submit|button)$/.test(field.type),
  );
}

function entry(field) {
  const { name, type } = field;
  if (type === "checkbox" || type === "radio") return { name, value: field.value, checked: field.checked };
  if (field.tagName === "SELECT") {
    return { name, chosen: [...field.selectedOptions].map((option) => [option.value, option.textContent]) };
  }
  return { name, value: field.value };
}

export const snapshot = (form) => fields(form).map(entry);
const typed = (values) => JSON.stringify(values.filter((item) => !FRESH.has(item.name)));
export const same = (one, other) => typed(one) === typed(other);

function choose(select, chosen) {
  const values = chosen.map(([value]) => value);
  if (select.tomselect) {
    chosen.forEach(([value, label]) => select.tomselect.addOption({ value, text: label.trim() }));
    select.tomselect.setValue(select.multiple ? values : (values[0] ?? ""), true);
  } else {
    for (const option of select.options) option.selected = values.includes(option.value);
  }
}

export function fill(form, values) {
  const rest = [...values];
  for (const field of fields(form)) {
    const isBox = field.type === "checkbox" || field.type === "radio";
    const at = rest.findIndex((item) => item.name === field.name && (!isBox || item.value === field.value));
    if (at < 0) continue;
    const [item] = rest.splice(at, 1);
    if (isBox) field.checked = item.checked;
    else if (item.chosen) choose(field, item.chosen);
    else field.value = item.value;
  }
  for (const field of fields(form)) if (field.tomselect) field.dispatchEvent(new CustomEvent("drafted"));
}
