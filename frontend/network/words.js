// Words and numbers of the explorer. The page carries the words, so that they are translated with everything else.
const source = () => document.getElementById("network-words").dataset;
const language = () => document.documentElement.lang || "de";

export function words(key, values = {}) {
  return Object.entries(values).reduce((line, [name, value]) => line.replaceAll(`{${name}}`, value), source()[key] ?? "");
}

export function whole(number) {
  return number.toLocaleString(language());
}

export function decimal(number, digits = 1) {
  return number.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

// Makes an element with text content only: a name never becomes markup.
export function element(tag, { className = "", text = "", ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
