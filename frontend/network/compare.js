// Two periods side by side, everybody in the same place: which ties are new, which were kept, which are lost.
import { ComparePicture, KEPT, LOST, NEW, NONE } from "./compare-picture.js";
import { SortableTable } from "./sortable.js";
import { all, button, decimal, one, words } from "./words.js";

const ENOUGH = 20;
const NAMES = { [LOST]: "lostTie", [NEW]: "newTie", [KEPT]: "keptTie" };

export class Compare {
  constructor(explorer) {
    this.explorer = explorer;
    one("#network-compare-open").addEventListener("click", () => this.toggle());
    one("#network-compare-close").addEventListener("click", () => this.toggle());
    all("#network-compare select").forEach((field) => field.addEventListener("change", () => this.choose()));
    this.table = new SortableTable({
      box: one("#network-compare-table"),
      caption: words("compareCaption"),
      sorting: { key: "change", isRising: true },
      name: (tie) =>
        button({ text: explorer.model.nodes[tie.source].label, onClick: () => explorer.select(tie.source) }),
      isCurrent: () => false,
    });
  }

  toggle() {
    const { explorer } = this;
    explorer.change({ compare: explorer.settings.compare ? null : this.halves(), preset: "", since: null });
  }

  halves() {
    const { firstYear, lastYear } = this.explorer.model;
    const middle = Math.floor((firstYear + lastYear) / 2);
    return [
      [firstYear, middle],
      [middle + 1, lastYear],
    ];
  }

  choose() {
    const value = (id) => Number(one(`#network-${id}`).value);
    const side = (name) => [value(`${name}-from`), value(`${name}-until`)].sort((a, b) => a - b);
    this.explorer.change({ compare: [side("left"), side("right")] });
  }

  draw() {
    const { explorer } = this;
    const { compare } = explorer.settings;
    const isOpen = Boolean(compare) && explorer.model.hasYears;
    one("#network-compare-open").hidden = !explorer.model.hasYears;
    one("#network-compare-open").setAttribute("aria-pressed", String(isOpen));
    one("#network-compare").hidden = !isOpen;
    one("#network-stage").hidden = isOpen;
    one("#network-period").hidden = isOpen || !explorer.model.hasYears;
    if (isOpen) this.drawBoth(compare);
    else this.stop();
  }

  drawBoth(compare) {
    const { explorer } = this;
    const { model } = explorer;
    this.fillYears(compare);
    const [before, after] = compare.map(([from, until]) => model.snapshot({ ...explorer.settings, from, until }));
    const changes = model.ties.map(
      (tie) => (before.strength[tie.index] ? LOST : 0) | (after.strength[tie.index] ? NEW : 0),
    );
    const counts = [NONE, LOST, NEW, KEPT].map((change) => changes.filter((other) => other === change).length);
    this.drawCounts(counts);
    const rows = model.ties.filter((tie) => [LOST, NEW].includes(changes[tie.index]));
    this.table.draw(rows, columns(changes, before, after), explorer);
    if (!explorer.view) return;
    this.picture ??= new ComparePicture(explorer);
    this.picture.draw({ changes, looks: [before, after] });
  }

  drawCounts(counts) {
    for (const change of [LOST, NEW, KEPT])
      one(`[data-change="${NAMES[change]}"]`).textContent = words(NAMES[change], { count: counts[change] });
    const all_ = counts[LOST] + counts[NEW] + counts[KEPT];
    const text =
      all_ >= ENOUGH
        ? words("jaccard", { value: decimal(counts[KEPT] / all_, 2) })
        : words("jaccardTooFew", { count: all_ });
    one("#network-jaccard").textContent = text;
  }

  fillYears(compare) {
    const { model } = this.explorer;
    const fields = ["left-from", "left-until", "right-from", "right-until"].map((id) => one(`#network-${id}`));
    if (this.yearsOf !== model) {
      this.yearsOf = model;
      const years = Array.from({ length: model.lastYear - model.firstYear + 1 }, (_unused, at) => model.firstYear + at);
      fields.forEach((field) => field.replaceChildren(...years.map((year) => new Option(year, year))));
    }
    compare
      .flat()
      .forEach((year, at) => (fields[at].value = Math.min(Math.max(year, model.firstYear), model.lastYear)));
  }

  stop() {
    this.picture?.stop();
    this.picture = null;
  }
}

const columns = (changes, before, after) => [
  { key: "tieFrom", isText: true, value: (tie, { model }) => model.nodes[tie.source].label },
  { key: "tieTo", isText: true, value: (tie, { model }) => model.nodes[tie.target].label },
  { key: "change", isText: true, value: (tie) => words(changes[tie.index] === NEW ? "changeNew" : "changeLost") },
  {
    key: "strength",
    value: (tie) => before.strength[tie.index] + after.strength[tie.index],
    shown: (tie) => decimal(before.strength[tie.index] + after.strength[tie.index], 2),
  },
];
