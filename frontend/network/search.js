// Finds an actor in the network by a part of the name, in any spelling of the umlauts.
import { element, whole, words } from "./words.js";

const LONGEST = 8;

const fold = (text) =>
  text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");

export function initSearch({ input, list, live, model, onSelect }) {
  const names = model.nodes.map((node) => fold(node.label));
  const options = () => [...list.querySelectorAll("button")];

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
  };
  const choose = (index) => {
    input.value = model.nodes[index].label;
    close();
    onSelect(index);
  };
  const search = () => {
    const parts = fold(input.value).split(/\s+/).filter(Boolean);
    if (parts.join("").length < 2) return close();
    const hits = model.nodes.filter((node) => node.shown && parts.every((part) => names[node.index].includes(part)));
    list.replaceChildren(
      ...hits.slice(0, LONGEST).map((node) => {
        const button = element("button", { type: "button", className: "dropdown-item", text: node.label });
        button.addEventListener("click", () => choose(node.index));
        return element("li", {}, button);
      }),
    );
    list.hidden = hits.length === 0;
    live.textContent = words("hits", { count: whole(hits.length) });
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter") {
      event.preventDefault();
      options()[0]?.click();
    }
    if (event.key === "ArrowDown") {
      event.preventDefault();
      options()[0]?.focus();
    }
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
}
