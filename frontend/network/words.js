// Words, numbers and elements of the explorer. The page carries the words, so that they are translated with all others.
const source = () => document.getElementById("network-words").dataset;
const language = () => document.documentElement.lang || "de";

// A text of the page with its values; numbers are written as people write them. Where `count` is 1, the text
// `…One` is taken if there is one.
export function words(key, values = {}) {
  const isOne = values.count === 1 && `${key}One` in source();
  const text = source()[isOne ? `${key}One` : key] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole_, name) => {
    const value = values[name];
    return value === undefined ? whole_ : typeof value === "number" ? whole(value) : String(value);
  });
}

// A number that rounds to zero has no sign: never "-0,00".
const WITHOUT_MINUS_ZERO = { signDisplay: "negative" };

export function whole(number) {
  return number.toLocaleString(language(), WITHOUT_MINUS_ZERO);
}

export function decimal(number, digits = 1) {
  return number.toLocaleString(language(), {
    ...WITHOUT_MINUS_ZERO,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function percent(part, all) {
  return `${whole(Math.round((100 * part) / all))} %`;
}

// "A, B, C und 4 weitere"
export function listed(names, longest = 8) {
  const shown = names.slice(0, longest).join(", ");
  return names.length > longest ? words("andOthers", { names: shown, count: names.length - longest }) : shown;
}

// 2021-10-02 is written 02.10.2021; what is only a year, or words, stays.
export function day(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  return new Date(`${text}T12:00`).toLocaleDateString(language(), {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  });
}

// What stands beside the name of an actor: what tells it from those of the same name, or its end.
export const beside = (node) => node.hint ?? node.ended;

export const collator = () => new Intl.Collator(language());

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Makes an element with text content only: a name never becomes markup.
export function element(tag, { className = "", text = "", ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// The icons that scripts need lie ready in the page.
export function icon(name) {
  return one(`template[data-icon="${name}"]`)?.content.firstElementChild?.cloneNode(true) ?? "";
}

export function button({
  text = "",
  label = null,
  symbol = null,
  className = "btn btn-link p-0 text-start",
  onClick,
  ...attributes
}) {
  const made = element("button", {
    type: "button",
    className,
    "aria-label": label,
    title: text ? null : label,
    ...attributes,
  });
  if (symbol) made.append(icon(symbol));
  if (text) made.append(text);
  made.addEventListener("click", onClick);
  return made;
}

const fold = (text) =>
  text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");

export { fold };
