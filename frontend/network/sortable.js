// A table whose headings sort it; long ones are shown bit by bit.
import { button, collator, element, words } from "./words.js";

const PAGE = 50;
const MORE = 200;

export class SortableTable {
  // `name(row, column)` draws the cell that acts; `first(row)` an extra cell before it.
  constructor({ box, caption, sorting, name, first = null, firstLabel = "", isCurrent }) {
    Object.assign(this, { box, caption, sorting, name, first, firstLabel, isCurrent });
    this.limit = PAGE;
  }

  draw(rows, columns, context) {
    Object.assign(this, { rows, columns, context });
    if (!columns.some((column) => column.key === this.sorting.key))
      Object.assign(this.sorting, { key: "degree", isRising: false });
    const focused = this.box.contains(document.activeElement) ? document.activeElement.id : null;
    const sorted = this.sorted();
    const body = element("tbody");
    body.append(...sorted.slice(0, this.limit).map((row) => this.line(row)));
    const table = element("table", { className: "table dense mb-0" });
    table.append(element("caption", { className: "visually-hidden", text: this.caption }), this.head(), body);
    const region = element(
      "div",
      { className: "table-responsive", tabindex: "0", role: "region", "aria-label": this.caption },
      table,
    );
    this.box.replaceChildren(region);
    if (!rows.length) this.box.append(element("p", { className: "empty", text: words("nobodyHere") }));
    if (rows.length > this.limit) this.box.append(this.moreButton(rows.length));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  // Rows without a value stand last, whichever way the others are sorted.
  sorted() {
    const column = this.columns.find((entry) => entry.key === this.sorting.key) ?? this.columns[0];
    const { compare } = collator();
    const values = new Map(this.rows.map((row) => [row, column.value(row, this.context)]));
    const sign = this.sorting.isRising ? 1 : -1;
    return [...this.rows].sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null) || a.index - b.index;
      return sign * (column.isText ? compare(x, y) : x - y) || a.index - b.index;
    });
  }

  head() {
    const line = element("tr");
    if (this.first)
      line.append(
        element(
          "th",
          { scope: "col", className: "w-1" },
          element("span", { className: "visually-hidden", text: this.firstLabel }),
        ),
      );
    for (const column of this.columns) line.append(this.heading(column));
    return element("thead", {}, line);
  }

  heading(column) {
    const isSorted = column.key === this.sorting.key;
    const help = words(`${column.key}Help`);
    const press = button({
      text: words(column.key),
      className: "network-sort",
      title: help || null,
      "aria-describedby": document.getElementById(`about-${column.key}`) ? `about-${column.key}` : null,
      onClick: () => this.sort(column),
    });
    press.id = `${this.box.id}-sort-${column.key}`;
    if (isSorted) press.append(element("span", { "aria-hidden": "true", text: this.sorting.isRising ? " ▲" : " ▼" }));
    return element(
      "th",
      {
        scope: "col",
        className: cellClass(column),
        "aria-sort": isSorted ? (this.sorting.isRising ? "ascending" : "descending") : null,
      },
      press,
    );
  }

  line(row) {
    const line = element("tr", { className: this.isCurrent(row) ? "table-active" : "" });
    if (this.first) line.append(element("td", {}, this.first(row)));
    this.columns.forEach((column, at) => {
      if (at === 0) line.append(element("th", { scope: "row", className: "fw-normal" }, this.name(row, column)));
      else line.append(element("td", { className: cellClass(column) }, this.content(row, column)));
    });
    return line;
  }

  content(row, column) {
    return column.shown ? column.shown(row, this.context) : column.value(row, this.context);
  }

  sort(column) {
    this.sorting.isRising = column.key === this.sorting.key ? !this.sorting.isRising : Boolean(column.isText);
    this.sorting.key = column.key;
    this.draw(this.rows, this.columns, this.context);
  }

  moreButton(count) {
    const press = button({
      text: words("showMore", { shown: this.limit, count }),
      className: "btn btn-outline btn-sm m-2",
      onClick: () => {
        this.limit += MORE;
        this.draw(this.rows, this.columns, this.context);
      },
    });
    press.id = `${this.box.id}-more`;
    return press;
  }
}

const cellClass = (column) =>
  [column.isText ? "" : "num", column.isMore ? "network-more" : ""].filter(Boolean).join(" ");
