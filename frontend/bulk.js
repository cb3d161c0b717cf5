// Choosing rows of a list, over all its pages: [data-pick] are the boxes, [data-bulk] is the bar that says how many are
// chosen and what can be done with them. Shift chooses all in between, Enter goes from a box to the bar, Escape back.

const chosen = new Set();
let last = null;

const boxes = () => [...document.querySelectorAll("[data-pick]")];
const bar = () => document.querySelector("[data-bulk]");

function show() {
  const form = bar();
  if (!form) return;
  form.hidden = chosen.size === 0;
  const sent = form.querySelector("[data-bulk-ids]");
  sent.disabled = false;
  sent.value = [...chosen].join(",");
  const words = form.querySelector("[data-bulk-count]");
  words.textContent = words.dataset[chosen.size === 1 ? "one" : "many"].replace("{n}", chosen.size);
}

function set(box, isChosen) {
  box.checked = isChosen;
  if (isChosen) chosen.add(box.value);
  else chosen.delete(box.value);
}

function between(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  return from < 0 ? [box] : all.slice(from, to + 1);
}

let isRange = false;

function onClick(event) {
  if (event.target.matches?.("[data-pick]")) isRange = event.shiftKey;
  if (event.target.closest?.("[data-bulk-page]")) boxes().forEach((box) => set(box, true));
  else if (event.target.closest?.("[data-bulk-none]")) {
    chosen.clear();
    boxes().forEach((box) => set(box, false));
    (last?.isConnected ? last : boxes()[0])?.focus();
  } else return;
  show();
}

function onChange(event) {
  const box = event.target;
  if (!box.matches?.("[data-pick]")) return;
  for (const one of isRange ? between(box) : [box]) set(one, box.checked);
  isRange = false;
  last = box;
  show();
}

function onKey(event) {
  if (event.key === "Enter" && event.target.matches?.("[data-pick]") && chosen.size) {
    event.preventDefault();
    bar()?.querySelector("button[type=submit]")?.focus();
  }
  if (event.key === "Escape" && event.target.closest?.("[data-bulk]") && last?.isConnected) last.focus();
}

// The rows were drawn anew: what was chosen stays so. Without a script the boxes themselves are sent.
function restore(root) {
  for (const box of root.querySelectorAll("[data-pick]")) {
    box.removeAttribute("name");
    if (box.checked) chosen.add(box.value);
    box.checked = chosen.has(box.value);
  }
  show();
}

export function initBulk(onLoad) {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  onLoad(restore);
}
