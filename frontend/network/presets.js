// Questions people have, each one button: colours, sizes, filters and the table's order are set for it, and one
// sentence says what is shown.
import { QUESTIONS } from "./settings.js";
import { all, listed, one, words } from "./words.js";

const AWAY = 3;
const NAMED = 6;
const FIRST = 3;

const sorting = { bridges: ["betweenness"], missing: ["last"], office: ["lost"], new: ["since"] };

export class Presets {
  constructor(explorer) {
    this.explorer = explorer;
    for (const press of all("[data-preset]")) press.addEventListener("click", () => this.press(press.dataset.preset));
    one("#network-since").addEventListener("change", (event) => this.ask("new", Number(event.target.value)));
  }

  press(name) {
    if (this.explorer.settings.preset === name) this.leave();
    else this.ask(name, name === "new" ? Number(one("#network-since").value) : null);
  }

  ask(name, since = null) {
    const { explorer } = this;
    const office = name === "office" ? {} : { office: "with" };
    explorer.tables.sortBy(...sorting[name]);
    explorer.tie = null;
    explorer.change({ ...office, ...QUESTIONS[name], actor: null, target: null, compare: null, preset: name, since });
    explorer.view?.reset();
  }

  leave() {
    const { explorer } = this;
    const office = explorer.settings.preset === "office" ? { office: "with" } : {};
    explorer.tables.sortBy("degree");
    explorer.change({ ...office, colour: "sector", size: "degree", preset: "", since: null });
  }

  draw() {
    const { explorer } = this;
    const { preset } = explorer.settings;
    this.fillYears();
    if (preset && preset !== this.shown) explorer.tables.sortBy(...sorting[preset]);
    this.shown = preset;
    for (const press of all("[data-preset]"))
      press.setAttribute("aria-pressed", String(press.dataset.preset === preset));
    one('[data-preset="office"]').hidden = !explorer.model.hasOffice;
    one('[data-preset="missing"]').hidden = !explorer.model.hasYears;
    explorer.answer = preset ? this[preset]() : null;
    const box = one("#network-answer");
    box.hidden = !explorer.answer;
    const text = explorer.answer?.text ?? "";
    if (box.lastElementChild.textContent !== text) box.lastElementChild.textContent = text;
  }

  fillYears() {
    const { model, settings } = this.explorer;
    const field = one("#network-since");
    one("#network-new").hidden = !model.hasYears;
    if (!model.hasYears) return;
    if (this.yearsOf !== model) {
      this.yearsOf = model;
      const chosen = settings.since ?? (Number(field.value) || Math.max(model.firstYear + 1, model.lastYear - 2));
      const years = Array.from({ length: model.lastYear - model.firstYear }, (_unused, at) => model.lastYear - at);
      field.replaceChildren(...years.map((year) => new Option(year, year, false, year === chosen)));
    }
    if (settings.since) field.value = settings.since;
  }

  bridges() {
    const { model, looks } = this.explorer;
    const ranked = model.shownNodes().filter((node) => model.figure(node, "betweenness") > 0);
    ranked.sort((a, b) => model.figure(b, "betweenness") - model.figure(a, "betweenness") || a.index - b.index);
    if (!ranked.length) return { emphasis: null, text: words(this.isCounting() ? "counting" : "answerNoBridges") };
    const between = ranked.map((node) => model.figure(node, "betweenness"));
    const first = names(ranked.slice(0, FIRST)).join(", ");
    // Who is level with the last one named is not behind it.
    const isLevel = ranked.length > FIRST && between[FIRST - 1] - between[FIRST] < 1e-9;
    const text = [words("answerBridges", { names: isLevel ? words("othersLevel", { names: first }) : first })];
    if (looks.communities.length) text.push(words("answerColours"));
    return { emphasis: null, text: text.join(" ") };
  }

  isCounting() {
    return (
      this.explorer.model.nodes.every((node) => node.figures === null) &&
      this.explorer.root.dataset.figures !== "failed"
    );
  }

  // Been there once, and for three years no more; and who is in the register but never came.
  missing() {
    const { model } = this.explorer;
    const since = (model.lastYear ?? 0) - AWAY + 1;
    const shown = model.shownNodes();
    const gone = shown.filter((node) => node.last !== null && node.last < since);
    const came = shown.filter((node) => node.last !== null);
    // Whoever was only at events without a day took part all the same.
    const never = shown.filter((node) => node.last === null && node.participations === 0).length;
    gone.sort((a, b) => b.participations - a.participations || a.index - b.index);
    const text = [
      gone.length
        ? words("answerMissing", { count: gone.length, year: String(since), names: listed(names(gone), NAMED) })
        : words(came.length ? "answerNobodyMissing" : "answerNobodyCame", { year: String(since) }),
      never ? words("answerNever", { count: never }) : "",
    ];
    return { emphasis: indexes(gone), text: text.join(" ").trim() };
  }

  office() {
    const { model, loss } = this.explorer;
    if (!loss) return null;
    const isolated = new Set(loss.newlyIsolated);
    const half = model.shownNodes().filter((node) => {
      const lost = loss.lostOf[node.index];
      return !isolated.has(node) && lost > 0 && lost * 2 >= loss.before.degree[node.index];
    });
    const lost = [
      words(isolated.size ? "loseAll" : "loseAllNobody", { count: isolated.size }),
      half.length ? words("loseHalf", { count: half.length }) : "",
      words(loss.split ? "fallApart" : "fallApartNone", { count: loss.split }),
    ];
    return {
      emphasis: indexes([...isolated, ...half]),
      text: words("answerOffice", { lost: lost.filter(Boolean).join(", ") }),
    };
  }

  new() {
    const { model, settings } = this.explorer;
    const year = settings.since ?? Number(one("#network-since").value);
    const added = model.shownNodes().filter((node) => node.since !== null && node.since >= year);
    const tied = added.filter((node) => model.now.degree[node.index] > 0).length;
    const values = { count: added.length, year: String(year), names: listed(names(added), NAMED) };
    const text = [words(added.length ? "answerNew" : "answerNobodyNew", values)];
    if (added.length > 1) text.push(words("answerNewTied", { count: tied }));
    return { emphasis: indexes(added), text: text.join(" ") };
  }
}

const names = (nodes) => nodes.map((node) => node.label);
// Where nobody answers the question, nobody is faded either.
const indexes = (nodes) => (nodes.length ? new Set(nodes.map((node) => node.index)) : null);
