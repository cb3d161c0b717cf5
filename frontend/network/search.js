// Finds an actor in the network by parts of the name, in any order and any spelling of the umlauts.
import { beside, button, collator, element, fold, words } from "./words.js";

const LONGEST = 8;

// `explorer.model` may change while the field stays; `isOffered(node)` says who may be found.
export function attachSearch({ explorer, input, list, isOffered, onChoose }) {
  const options = () => [...list.querySelectorAll("button")];
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
  };
  const choose = (node) => {
    input.value = "";
    close();
    onChoose(node.index);
  };
  const search = () => {
    const parts = fold(input.value).split(/\s+/).filter(Boolean);
    if (!parts.length) return close();
    const hits = explorer.model.nodes.filter((node) => isOffered(node) && matches(node, parts));
    const { compare } = collator();
    hits.sort((a, b) => rank(b, parts) - rank(a, parts) || compare(a.label, b.label));
    list.replaceChildren(...hits.slice(0, LONGEST).map((node) => element("li", {}, hit(explorer, node, choose))));
    list.hidden = hits.length === 0;
    explorer.say(words("hits", { count: hits.length }));
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const first = options()[0];
    if (event.key === "Escape") close();
    else if (event.key === "Enter") first?.click();
    else if (event.key === "ArrowDown") first?.focus();
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });
  list.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp") (at > 0 ? all[at - 1] : input).focus();
    else if (event.key === "Escape") {
      close();
      input.focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!list.contains(event.target) && event.target !== input) close();
  });
}

const folded = new WeakMap();

function name(node) {
  if (!folded.has(node)) folded.set(node, fold(node.label));
  return folded.get(node);
}

const matches = (node, parts) => parts.every((part) => name(node).includes(part));
const rank = (node, parts) => Number(name(node).startsWith(parts[0]));

function hit(explorer, node, choose) {
  const made = button({ className: "dropdown-item", onClick: () => choose(node) });
  made.append(
    element("span", { className: `dot sector-${node.sector}`, "aria-hidden": "true" }),
    node.label,
    ...(beside(node) ? [element("span", { className: "sub", text: beside(node) })] : []),
    element("span", { className: "cnt", text: words("ties", { count: explorer.model.now.degree[node.index] }) }),
  );
  return made;
}
