// Lists of rows in a form (a Django formset): [data-rows] holds a list, a <template> of an empty row, and a button.
import htmx from "htmx.org/dist/htmx.esm.js";
import { initSelects } from "./selects.js";

function addRow(section) {
  const total = section.querySelector(`input[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const template = section.querySelector("template");
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  for (const element of holder.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes("__prefix__"))
        attribute.value = attribute.value.replaceAll("__prefix__", total.value);
    }
  }
  const row = holder.firstElementChild;
  section.querySelector("[data-row-list]").append(row);
  total.value = String(Number(total.value) + 1);
  initSelects(row);
  htmx.process(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

export function initRowLists() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (button) addRow(button.closest("[data-rows]"));
  });
}
