// Figures that need the whole network: asked of the server once the picture stands, and again when filters rest.
import { toQuery } from "./settings.js";
import { decimal, element, one, words } from "./words.js";

const REST = 300;
const FEW = 5;

export class Figures {
  constructor(explorer) {
    this.explorer = explorer;
    this.asked = null;
    this.answer = null;
  }

  draw() {
    const { explorer } = this;
    const question = this.question();
    if (question !== this.asked || this.model !== explorer.model) {
      this.asked = question;
      this.model = explorer.model;
      this.answered = null;
      clearTimeout(this.timer);
      explorer.server.cancel("figures/");
      explorer.root.dataset.figures = "asked";
      one("#network-table").setAttribute("aria-busy", "true");
      this.timer = setTimeout(() => this.fetch(question), this.answer ? REST : 0);
    }
    this.drawNotes();
  }

  question() {
    return `${toQuery(this.explorer.settings)}|${this.explorer.server.key}`;
  }

  // The answer to what is asked now; null while it is being calculated, or failed.
  get now() {
    const isFresh = this.model === this.explorer.model && this.answered === this.question();
    return isFresh && !this.answer.failed ? this.answer : null;
  }

  async fetch(question) {
    const { explorer } = this;
    let answer;
    try {
      answer = await explorer.server.figures(explorer.settings);
    } catch (error) {
      answer = { failed: error.message || words("figuresFailed") };
    }
    if (!answer || question !== this.asked) return;
    this.answer = answer;
    this.answered = question;
    if (!answer.failed) this.spread(answer);
    explorer.root.dataset.figures = answer.failed ? "failed" : "ready";
    one("#network-table").removeAttribute("aria-busy");
    explorer.apply();
    performance.mark("network-figures");
  }

  // Everybody's own row of the answer's columns.
  spread(answer) {
    const names = [
      "degree",
      "strength",
      "betweenness",
      "harmonic",
      "constraint",
      "community",
      "participations",
      "core",
    ];
    this.explorer.model.nodes.forEach((node, index) => {
      node.figures = Object.fromEntries(names.map((name) => [name, answer[name]?.[index] ?? null]));
    });
  }

  drawNotes() {
    const notes = this.notes();
    const box = one("#network-notes");
    box.hidden = notes.length === 0;
    one("ul", box).replaceChildren(...notes.map((text) => element("li", { text })));
  }

  // What makes a figure too small or too uncertain to mean anything.
  notes() {
    const { answer, explorer } = this;
    const { model } = explorer;
    const connected = model.shownNodes().length - model.now.groups.isolated.length;
    const notes = [];
    if (connected > 0 && connected < FEW) notes.push(words("tooFewActors"));
    if (model.meta.n_events < FEW) notes.push(words("tooFewEvents"));
    if (!answer) return notes;
    if (answer.failed) return [...notes, answer.failed];
    notes.push(...(answer.notes ?? []));
    if (answer.sample_error) notes.push(words("sampled", { error: decimal(answer.sample_error, 3) }));
    return notes;
  }
}
