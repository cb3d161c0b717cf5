// Lists that are worked through by keyboard: rows marked data-toggle-row hold one checkbox or button.
// Space toggles it, arrow up and down go to the neighbour.

import { isCombined } from "./typing.js";

const CONTROL = 'input[type="checkbox"], button';

function control(row) {
  return row.querySelector(`[data-toggle]`) ?? row.querySelector(CONTROL);
}

function neighbour(row, step) {
  const rows = [...row.parentElement.querySelectorAll("[data-toggle-row]")];
  return rows[rows.indexOf(row) + step];
}

function onKey(event) {
  const row = event.target.closest?.("[data-toggle-row]");
  if (!row || isCombined(event)) return;
  const onRow = event.target === row;
  const onControl = event.target === control(row);
  if (event.key === " " && onRow) {
    event.preventDefault();
    control(row)?.click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(onRow || onControl)) return;
  const next = neighbour(row, step);
  if (!next) return;
  event.preventDefault();
  (onRow && next.tabIndex >= 0 ? next : control(next))?.focus();
}

export function initRows() {
  document.addEventListener("keydown", onKey);
}
