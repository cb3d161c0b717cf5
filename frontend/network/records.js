// What a tie rests on: the records behind it, asked of the server when somebody looks.
import { button, day, decimal, element, words } from "./words.js";

export class Records {
  constructor(explorer) {
    this.explorer = explorer;
    this.question = null;
  }

  forget() {
    this.question = null;
  }

  draw(box, tie) {
    const { model } = this.explorer;
    const [a, b] = [model.nodes[tie.source], model.nodes[tie.target]];
    const kinds = model
      .kindsOfTie(tie)
      .map((kind) => kind.label)
      .join(", ");
    const strength = words("tieStrength", { strength: decimal(model.now.strength[tie.index]), kinds });
    this.show(box, a, b, strength);
  }

  // Two actors without a tie may all the same have been at the same events in another period, or of another kind.
  drawPair(box, a, b) {
    this.show(box, a, b, words("noTieBetween"));
  }

  async show(box, a, b, line) {
    const { explorer } = this;
    const question = `${a.id}/${b.id}?${explorer.server.address("tie/", explorer.settings)}`;
    if (question === this.question && box.dataset.pair === question) return;
    this.question = box.dataset.pair = question;
    const list = element(
      "div",
      { className: "network-records", "aria-busy": "true" },
      element("p", { className: "sub", text: words("loading") }),
    );
    box.replaceChildren(...this.head(a, b), element("p", { className: "sub", text: line }), list);
    let answer;
    try {
      answer = await explorer.server.tie(explorer.settings, a.id, b.id);
    } catch (error) {
      answer = { failed: error.message || words("recordsFailed") };
    }
    if (!answer || question !== this.question) return;
    list.removeAttribute("aria-busy");
    list.replaceChildren(
      ...(answer.failed ? [element("p", { className: "note note-warn", text: answer.failed })] : this.groups(answer)),
    );
    explorer.say(words("recordsShown", { count: answer.total ?? 0, a: a.label, b: b.label }));
  }

  head(a, b) {
    const { explorer } = this;
    const name = (node) =>
      button({ text: node.label, onClick: () => explorer.select(node.index, { isCentred: true }) });
    const back = button({
      symbol: "arrow-left",
      text: words("back"),
      className: "btn btn-link p-0 mb-2",
      onClick: () => explorer.select(explorer.selected?.index ?? null),
    });
    return [back, element("h2", { className: "h6 network-pair" }, name(a), element("span", { text: "–" }), name(b))];
  }

  groups(answer) {
    const made = answer.groups.flatMap((group) => {
      const list = element("ul", { className: "list-unstyled network-recordlist" });
      list.append(...group.records.map((record) => this.record(record)));
      return [element("h3", { className: "h6", text: `${group.label} (${group.records.length})` }), list];
    });
    if (!answer.groups.length && !answer.hidden)
      made.push(element("p", { className: "mb-0", text: words("nothingInCommon") }));
    if (answer.hidden)
      made.push(element("p", { className: "sub mb-0", text: words("hiddenRecords", { count: answer.hidden }) }));
    return made;
  }

  record({ date, title, url, text }) {
    const line = element("li");
    line.append(url ? element("a", { href: url, text: title }) : title);
    const more = [date && day(date), text].filter(Boolean).join(" · ");
    if (more) line.append(element("span", { className: "sub d-block", text: more }));
    return line;
  }
}
