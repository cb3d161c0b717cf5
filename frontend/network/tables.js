// The same network as two sortable tables, of actors and of ties: keyboard and screen reader get all of it.
import { actorColumns, measureList, tieColumns } from "./columns.js";
import { SortableTable } from "./sortable.js";
import { all, button, element, one, whole, words } from "./words.js";

export class Tables {
  constructor(explorer) {
    this.explorer = explorer;
    this.tab = "actors";
    this.sorting = { key: "degree", isRising: false };
    this.actors = new SortableTable({
      box: one("#network-table"),
      caption: words("tableCaption"),
      sorting: this.sorting,
      first: (node) => this.markBox(node),
      firstLabel: words("markColumn"),
      name: (node) => this.nameButton(node),
      isCurrent: (node) => node.id === explorer.settings.actor,
    });
    this.ties = new SortableTable({
      box: one("#network-tie-table"),
      caption: words("tieTableCaption"),
      sorting: { key: "strength", isRising: false },
      name: (tie, column) => (column.key === "tieFrom" ? this.tieButton(tie) : null),
      isCurrent: (tie) => tie.index === explorer.tie,
    });
    all("[data-tab]").forEach((tab) => tab.addEventListener("click", () => this.open(tab.dataset.tab)));
    one("#network-tabs").addEventListener("keydown", (event) => this.onKey(event));
    one("#network-measures").replaceChildren(...measureList());
  }

  // Presets put what they ask about on top.
  sortBy(key, isRising = false) {
    Object.assign(this.sorting, { key, isRising });
    this.actors.sorting = this.sorting;
  }

  open(tab) {
    this.tab = tab;
    this.draw();
  }

  onKey(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    this.open(this.tab === "actors" ? "ties" : "actors");
    one(`[data-tab="${this.tab}"]`).focus();
  }

  draw() {
    const { explorer } = this;
    for (const tab of all("[data-tab]")) {
      const isOpen = tab.dataset.tab === this.tab;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.classList.toggle("active", isOpen);
      tab.tabIndex = isOpen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isOpen;
    }
    one('[data-tab="actors"] .cnt').textContent = whole(explorer.model.shownNodes().length);
    one('[data-tab="ties"] .cnt').textContent = whole(explorer.model.now.ties);
    const emphasis = explorer.answer?.emphasis ?? null;
    const rows = explorer.model.shownNodes().filter((node) => !emphasis || emphasis.has(node.index));
    one("#network-table-note").hidden = !emphasis;
    if (this.tab === "actors") this.actors.draw(rows, actorColumns(explorer), explorer);
    else this.ties.draw(explorer.model.shownTies(), tieColumns(), explorer);
  }

  markBox(node) {
    const { explorer } = this;
    const box = element("input", {
      type: "checkbox",
      className: "form-check-input m-0",
      id: `mark-${node.id}`,
      "aria-label": words("markThis", { name: node.label }),
    });
    box.checked = explorer.marked.has(node.id);
    box.addEventListener("change", () => explorer.mark([node.index], box.checked));
    return box;
  }

  nameButton(node) {
    const made = button({ text: node.label, onClick: () => this.explorer.select(node.index, { isCentred: true }) });
    made.prepend(element("span", { className: `dot sector-${node.sector}`, "aria-hidden": "true" }));
    made.id = `row-${node.id}`;
    return made;
  }

  tieButton(tie) {
    const { model } = this.explorer;
    const made = button({
      text: model.nodes[tie.source].label,
      label: words("recordsOf", { a: model.nodes[tie.source].label, b: model.nodes[tie.target].label }),
      title: words("showRecords"),
      onClick: () => this.explorer.selectTie(tie.index),
    });
    made.id = `tie-${tie.index}`;
    return made;
  }
}
