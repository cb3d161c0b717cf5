// Selects one can type into: <select data-tomselect>. Options:
//   data-url="…"      search on the server: GET ?q=… → {"results": [{"id", "text", "hint", "sector"}]}
//   data-create="new" allow a new entry; it is sent as "new:What was typed"
//   data-placeholder  shown while nothing is chosen
import TomSelect from "tom-select/dist/esm/tom-select.js";
import clearButton from "tom-select/dist/esm/plugins/clear_button/plugin.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";
import { text } from "./texts.js";

TomSelect.define("clear_button", clearButton);
TomSelect.define("remove_button", removeButton);

const MIN_LETTERS = 2;

function dot(data, escape) {
  return data.sector ? `<span class="dot sector-${escape(data.sector)}" aria-hidden="true"></span>` : "";
}

const render = {
  option: (data, escape) => {
    const hint = data.hint ? `<span class="sub">${escape(data.hint)}</span>` : "";
    return `<div>${dot(data, escape)}<span>${escape(data.text)}</span> ${hint}</div>`;
  },
  item: (data, escape) => `<div>${dot(data, escape)}${escape(data.text)}</div>`,
  option_create: (data, escape) => `<div class="create">${escape(text("create", { name: data.input }))}</div>`,
  no_results: (data, escape) => `<div class="no-results">${escape(text("noResults"))}</div>`,
  loading: (data, escape) => `<div class="no-results">${escape(text("searching"))}</div>`,
};

function remote(url) {
  return {
    // The server searches tolerantly (typos, former names): its answer is shown as it is.
    score: () => () => 1,
    sortField: [{ field: "$order" }],
    shouldLoad: (query) => query.trim().length >= MIN_LETTERS,
    loadThrottle: 200,
    onType() {
      // Old answers must not be offered for new letters.
      this.clearOptions();
    },
    async load(query, done) {
      const address = new URL(url, location.href);
      address.searchParams.set("q", query);
      try {
        const response = await fetch(address, { headers: { Accept: "application/json" } });
        const { results } = await response.json();
        done(results.map((entry) => ({ ...entry, value: String(entry.id) })));
      } catch {
        done();
      }
    },
  };
}

function creation(kind) {
  return {
    create: (input) => ({ value: `${kind}:${input.trim()}`, text: input.trim() }),
    createFilter: (input) => input.trim().length >= MIN_LETTERS,
    createOnBlur: false,
  };
}

// What belongs to the select belongs to the field one really types into; the select itself only carries the value.
function handOver(select, control) {
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) control.setAttribute(name, select.getAttribute(name));
  }
  if (select.required) control.setAttribute("aria-required", "true");
  select.hidden = true;
}

function enhance(select) {
  const { url, create, placeholder } = select.dataset;
  const required = select.required;
  const enhanced = new TomSelect(select, {
    plugins: select.multiple ? ["remove_button"] : required ? [] : ["clear_button"],
    maxOptions: 200,
    placeholder: placeholder ?? select.getAttribute("placeholder") ?? "",
    hidePlaceholder: true,
    allowEmptyOption: false,
    clearAfterSelect: true,
    closeAfterSelect: !select.multiple,
    openOnFocus: !url,
    render,
    ...(url ? remote(url) : {}),
    ...(create ? creation(create) : {}),
  });
  handOver(select, enhanced.control_input);
}

export function initSelects(root) {
  const selects = root.matches?.("select[data-tomselect]") ? [root] : root.querySelectorAll("select[data-tomselect]");
  for (const select of selects) if (!select.tomselect) enhance(select);
}
