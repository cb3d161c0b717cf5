// Words that scripts show come from the page, so that they are translated with everything else.
export function text(key, values = {}) {
  const source = document.getElementById("ui-texts")?.dataset[key] ?? "";
  return Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, value), source);
}
