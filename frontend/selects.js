// Selects one can type into: <select data-tomselect>. Options:
//   data-url="…"      search on the server: GET ?q=… → {"results": [{"id", "text", "hint", "sector", "ended"}]}
//   data-create="new" allow a new entry; it is sent as "new:What was typed". "newentry" tells that one came or went
//   data-no-results   said instead of "Nothing found"
//   data-typed        what was typed before and stands for nothing yet
// What is typed and not chosen is sent beside the select, as <name>-typed: the server says so at the field.
//   data-placeholder  shown while nothing is chosen

import clearButton from "tom-select/dist/esm/plugins/clear_button/plugin.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";
import TomSelect from "tom-select/dist/esm/tom-select.js";
import { text } from "./texts.js";

TomSelect.define("clear_button", clearButton);
TomSelect.define("remove_button", removeButton);

const MIN_LETTERS = 2;

function dot(data, safe) {
  return data.sector ? `<span class="dot sector-${safe(data.sector)}" aria-hidden="true"></span>` : "";
}

const render = {
  option: (data, safe) => {
    const hint = data.hint ? `<span class="sub">${safe(data.hint)}</span>` : "";
    return `<div>${dot(data, safe)}<span>${safe(data.text)}</span> ${hint}</div>`;
  },
  item: (data, safe) => {
    // Once chosen, of several of one name it stays clear which one is meant.
    const beside = data.hasNamesake ? data.hint : data.ended;
    const said = beside ? ` <span class="sub">(${safe(beside)})</span>` : "";
    return `<div>${dot(data, safe)}${safe(data.text)}${said}</div>`;
  },
  option_create: (data, safe) =>
    `<div class="create" role="option">${safe(text("create", { name: data.input }))}</div>`,
  no_results(_data, safe) {
    const words = this.input.dataset.noResults ?? text("noResults");
    return `<div class="no-results" role="option" aria-disabled="true">${safe(words)}</div>`;
  },
  loading: (_data, safe) =>
    `<div class="no-results" role="option" aria-disabled="true">${safe(text("searching"))}</div>`,
};

const isOfSeveral = ({ id, text: name }, all) => all.some((other) => other.id !== id && other.text === name);

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
        done(results.map((entry) => ({ ...entry, value: String(entry.id), hasNamesake: isOfSeveral(entry, results) })));
      } catch {
        done();
      }
    },
  };
}

function creation(kind) {
  return {
    create: (input) => ({ value: `${kind}:${input.trim()}`, text: input.trim() }),
    // While the server is asked, nobody knows yet whether the name is new.
    createFilter(input) {
      return input.trim().length >= MIN_LETTERS && !this.loading;
    },
    createOnBlur: false,
  };
}

// Tells (an htmx trigger) when the new entries among the chosen ones have changed.
function tellNewEntries(select, kind) {
  const newOnes = () => select.tomselect.items.filter((value) => value.startsWith(`${kind}:`)).join("\n");
  let before = newOnes();
  const tell = () => {
    const now = newOnes();
    if (now !== before) select.dispatchEvent(new CustomEvent("newentry", { bubbles: true }));
    before = now;
  };
  select.tomselect.on("change", tell);
  select.addEventListener("drafted", tell);
}

// What stands in the field and was not chosen: kept when the field is left, and sent along.
function keepTyped(select) {
  const box = select.tomselect;
  const { control_input: input, wrapper } = box;
  const sent = document.createElement("input");
  Object.assign(sent, { type: "hidden", name: `${select.name}-typed`, value: select.dataset.typed ?? "" });
  wrapper.after(sent);
  const note = () => {
    const text = input.value.trim();
    wrapper.classList.toggle("has-typed", text !== "");
    if (sent.value === text) return;
    sent.value = text;
    sent.dispatchEvent(new Event("input", { bubbles: true })); // for the drafts
  };
  const put = (text) => {
    box.setTextboxValue(text);
    if (text) {
      // Left alone, the field one types into is hidden behind what is chosen.
      box.isInputHidden = false;
      wrapper.classList.remove("input-hidden");
    }
    note();
  };
  input.addEventListener("input", note);
  input.addEventListener("blur", () => {
    clearTimeout(box.refreshTimeout); // or the list would open behind whoever went on
    put(sent.value);
  });
  box.on("item_add", () => {
    put("");
    // What the server found for the old letters would cover what is asked about a new name.
    if (select.dataset.url) queueMicrotask(() => box.close(false));
  });
  box.on("clear", () => put(""));
  box.on("item_remove", () => put(sent.value));
  box.on("dropdown_close", () => box.isFocused && note());
  select.addEventListener("drafted", () => put(sent.value));
  put(sent.value);
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
  if (create) tellNewEntries(select, create);
  if (select.form?.method === "post") keepTyped(select);
}

export function initSelects(root) {
  const selects = root.matches?.("select[data-tomselect]") ? [root] : root.querySelectorAll("select[data-tomselect]");
  for (const select of selects) if (!select.tomselect) enhance(select);
}
