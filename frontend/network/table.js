// The same network as a sortable table: everything the picture says, for keyboard and screen reader too.
import { beside, decimal, element, whole, words } from "./words.js";

const PAGE = 50;
const COLUMNS = [
  { key: "label", value: (node) => node.label, isText: true },
  { key: "sector", value: (node, model) => sectorLabel(node, model), isText: true },
  { key: "degree", value: (node) => node.degreeNow, shown: (node) => whole(node.degreeNow) },
  { key: "strength", value: (node) => node.strengthNow, shown: (node) => decimal(node.strengthNow) },
  { key: "betweenness", value: (node) => node.betweenness, shown: (node) => decimal(node.betweenness, 3) },
  { key: "participations", value: (node) => node.participations, shown: (node) => whole(node.participations) },
];

const sectorLabel = (node, model) => model.sectors.find((entry) => entry.code === node.sector)?.label ?? "";

export class NetworkTable {
  constructor(model, box, onSelect) {
    this.model = model;
    this.box = box;
    this.onSelect = onSelect;
    this.sortKey = "degree";
    this.isRising = false;
    this.limit = PAGE;
    this.selected = null;
  }

  rows() {
    const column = COLUMNS.find((entry) => entry.key === this.sortKey);
    const collator = new Intl.Collator(document.documentElement.lang || "de");
    const compare = column.isText
      ? (a, b) => collator.compare(column.value(a, this.model), column.value(b, this.model))
      : (a, b) => column.value(a) - column.value(b);
    const shown = this.model.nodes.filter((node) => node.shown);
    return shown.sort((a, b) => (this.isRising ? compare(a, b) : compare(b, a)) || a.index - b.index);
  }

  draw() {
    const rows = this.rows();
    const table = element("table", { className: "table dense mb-0" });
    table.append(element("caption", { className: "visually-hidden", text: words("tableCaption") }), this.head());
    const body = element("tbody");
    rows.slice(0, this.limit).forEach((node) => body.append(this.row(node)));
    table.append(body);
    this.box.replaceChildren(element("div", { className: "table-responsive" }, table));
    if (rows.length > this.limit) this.box.append(this.moreButton(rows.length));
  }

  head() {
    const line = element("tr");
    for (const column of COLUMNS) {
      const isSorted = column.key === this.sortKey;
      const button = element("button", {
        type: "button",
        className: "network-sort",
        text: words(column.key),
        title: words(`${column.key}Help`) || null,
      });
      if (isSorted) button.append(element("span", { "aria-hidden": "true", text: this.isRising ? " ▲" : " ▼" }));
      button.addEventListener("click", () => this.sort(column));
      line.append(
        element(
          "th",
          {
            scope: "col",
            className: column.isText ? "" : "num",
            "aria-sort": isSorted ? (this.isRising ? "ascending" : "descending") : null,
            "data-key-of": column.key,
          },
          button,
        ),
      );
    }
    return element("thead", {}, line);
  }

  row(node) {
    const line = element("tr", { className: node.index === this.selected ? "table-active" : "" });
    for (const column of COLUMNS) {
      if (column.key === "label") {
        const button = element("button", {
          type: "button",
          className: "btn btn-link p-0 text-start",
          text: node.label,
        });
        button.addEventListener("click", () => this.onSelect(node.index));
        const end = beside(node) ? [" ", element("span", { className: "sub", text: beside(node) })] : [];
        line.append(element("th", { scope: "row", className: "fw-normal" }, button, ...end));
      } else if (column.key === "sector") {
        line.append(
          element(
            "td",
            {},
            element("span", { className: `dot sector-${node.sector}`, "aria-hidden": "true" }),
            sectorLabel(node, this.model),
          ),
        );
      } else {
        line.append(element("td", { className: "num", text: column.shown(node) }));
      }
    }
    return line;
  }

  sort(column) {
    this.isRising = column.key === this.sortKey ? !this.isRising : Boolean(column.isText);
    this.sortKey = column.key;
    this.draw();
    this.box.querySelector(`[data-key-of="${column.key}"] button`)?.focus();
  }

  moreButton(count) {
    const button = element("button", {
      type: "button",
      className: "btn btn-outline btn-sm m-2",
      text: words("showMore", { shown: whole(this.limit), count: whole(count) }),
    });
    button.addEventListener("click", () => {
      this.limit += 200;
      this.draw();
    });
    return button;
  }
}
