// Who or what is selected: the words beside the picture.
import { Records } from "./records.js";
import { attachSearch } from "./search.js";
import { beside, button, decimal, element, one, whole, words } from "./words.js";

const LONGEST = 12;

export class Panel {
  constructor(explorer) {
    this.explorer = explorer;
    this.box = one("#network-selection");
    this.records = new Records(explorer);
    this.limit = LONGEST;
    one("#network-selected").addEventListener("click", () => this.box.scrollIntoView({ block: "start" }));
  }

  draw() {
    const { explorer } = this;
    this.drawHandle();
    const focused = this.box.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    if (explorer.tie !== null) return this.records.draw(this.box, explorer.model.ties[explorer.tie]);
    this.records.forget();
    const node = explorer.selected;
    if (node !== this.drawnNode) this.limit = LONGEST;
    this.drawnNode = node;
    this.box.replaceChildren(...(node ? this.about(node) : this.nobody()));
    if (focused) one(`[data-action="${focused}"]`, this.box)?.focus();
  }

  // On a phone the panel lies below the picture: a tap on the name in the picture leads there.
  drawHandle() {
    const { explorer } = this;
    const handle = one("#network-selected");
    handle.hidden = !explorer.selected && explorer.tie === null;
    handle.textContent = `${explorer.tie === null ? (explorer.selected?.label ?? "") : words("showRecords")} ↓`;
  }

  nobody() {
    return [
      element("h2", { className: "h6", text: words("nothingSelectedTitle") }),
      element("p", { className: "sub mb-0", text: words("nothingSelected") }),
    ];
  }

  about(node) {
    const { explorer } = this;
    const title = element("h2", { className: "h5 mb-1 network-name" });
    title.append(node.url ? element("a", { href: node.url, text: node.label }) : node.label);
    return [
      element("div", { className: "network-panelhead" }, title, this.closeButton()),
      this.lines(node),
      this.facts(node),
      this.steps(),
      this.actions(node),
      ...(explorer.settings.target === null ? [] : this.way()),
      ...(explorer.settings.target === null && this.isAskingWay ? [this.wayField()] : []),
      ...this.ties(node),
    ];
  }

  closeButton() {
    return button({
      symbol: "x",
      className: "btn btn-icon",
      label: words("endSelection"),
      onClick: () => this.explorer.select(null),
    });
  }

  lines(node) {
    const { model, looks } = this.explorer;
    const parts = [model.sectorLabels.get(node.sector) ?? ""];
    if (beside(node)) parts.push(beside(node));
    if (node.since) parts.push([...new Set([node.since, node.last ?? node.since])].join("–"));
    const rank = looks.communityRank(node);
    if (rank >= 0) parts.push(words("communityNumber", { number: rank + 1 }));
    const box = element("p", { className: "sub mb-2" });
    box.append(
      element("span", { className: `dot sector-${node.sector}`, "aria-hidden": "true" }),
      parts.filter(Boolean).join(" · "),
    );
    const topics = node.topics.map((topic) => model.topics[topic]?.label).filter(Boolean);
    if (topics.length) box.append(element("br"), words("topicsOf", { names: topics.slice(0, 5).join(", ") }));
    return box;
  }

  facts(node) {
    const { model } = this.explorer;
    const list = element("dl", { className: "network-facts" });
    const rows = [
      ["degree", (value) => whole(value)],
      ["strength", (value) => decimal(value)],
      ["betweenness", (value) => decimal(value, 3)],
      ["participations", (value) => whole(value)],
    ];
    for (const [name, say] of rows) {
      const value = model.figure(node, name);
      const text = value === null ? "–" : say(value);
      list.append(
        element("div", {}, element("dd", { text }), element("dt", { text: words(name), title: words(`${name}Help`) })),
      );
    }
    return list;
  }

  steps() {
    const { explorer } = this;
    const group = element("div", { className: "network-steps", role: "group", "aria-label": words("stepsLabel") });
    for (const count of [1, 2, 3]) {
      const press = button({
        text: words("stepsShort", { count }),
        className: "btn btn-outline btn-sm",
        "aria-pressed": String(explorer.settings.steps === count),
        "data-action": `steps-${count}`,
        onClick: () => {
          explorer.change({ steps: count });
          explorer.say(words("steps", { count }));
        },
      });
      group.append(press);
    }
    return group;
  }

  actions(node) {
    const { explorer } = this;
    const isMarked = explorer.marked.has(node.id);
    const made = (key, symbol, onClick, more = {}) =>
      button({ text: words(key), symbol, className: "btn btn-outline btn-sm", "data-action": key, onClick, ...more });
    return element(
      "div",
      { className: "btnrow mb-3" },
      made("withoutThis", "circle-minus", () => explorer.takeOut([node.id])),
      made("wayTo", "route", () => this.askWay(), {
        "aria-pressed": String(this.isAskingWay || explorer.settings.target !== null),
      }),
      made(isMarked ? "unmark" : "mark", "bookmark", () => explorer.mark([node.index], !isMarked), {
        "aria-pressed": String(isMarked),
        "data-action": "mark",
      }),
    );
  }

  askWay() {
    const { explorer } = this;
    this.isAskingWay = explorer.settings.target === null && !this.isAskingWay;
    if (explorer.settings.target !== null) explorer.change({ target: null });
    else this.draw();
    one("#network-way")?.focus();
  }

  wayField() {
    const input = element("input", {
      className: "form-control",
      type: "search",
      id: "network-way",
      autocomplete: "off",
      "aria-controls": "network-way-hits",
    });
    const list = element("ul", { className: "dropdown-menu network-hits", id: "network-way-hits" });
    list.hidden = true;
    const { explorer } = this;
    attachSearch({
      explorer,
      input,
      list,
      isOffered: (node) => explorer.model.now.shown[node.index] && node !== explorer.selected,
      onChoose: (index) => {
        this.isAskingWay = false;
        explorer.pathTo(index);
      },
    });
    const label = element("label", { className: "form-label", for: "network-way", text: words("wayToWhom") });
    return element(
      "div",
      { className: "position-relative mb-3" },
      label,
      input,
      list,
      element("p", { className: "field-help", text: words("wayHelp") }),
    );
  }

  // The way to the second actor, step by step, and what the two have in common.
  way() {
    const { explorer } = this;
    const { path, target, selected } = explorer;
    if (!target) return [];
    const title = element("h3", { className: "h6", text: words("wayTitle", { name: target.label }) });
    const tie = explorer.model.tieBetween(selected.index, target.index);
    const common = button({
      text: words("commonEvents"),
      symbol: "calendar",
      className: "btn btn-outline btn-sm mb-3",
      "data-action": "common",
      onClick: () => (tie ? explorer.selectTie(tie.index) : this.records.drawPair(this.box, selected, target)),
    });
    if (!path) return [title, element("p", { text: words("noWay") }), common];
    const list = element("ol", { className: "network-way" });
    path.nodes.forEach((index, step) => {
      const line = element("li");
      if (step)
        line.append(
          this.recordsButton(
            path.ties[step - 1],
            explorer.model.nodes[path.nodes[step - 1]],
            explorer.model.nodes[index],
          ),
        );
      line.append(this.nameButton(explorer.model.nodes[index]));
      list.append(line);
    });
    return [
      title,
      element("p", { className: "sub mb-1", text: words("waySteps", { count: path.ties.length }) }),
      list,
      common,
    ];
  }

  nameButton(node) {
    return button({ text: node.label, onClick: () => this.explorer.select(node.index, { isCentred: true }) });
  }

  recordsButton(tie, a, b) {
    return button({
      symbol: "file-text",
      className: "btn btn-icon btn-sm",
      label: words("recordsOf", { a: a.label, b: b.label }),
      onClick: () => this.explorer.selectTie(tie.index),
    });
  }

  ties(node) {
    const { model } = this.explorer;
    const others = [...model.neighbours[node.index]];
    others.sort((a, b) => model.now.strength[b.tie.index] - model.now.strength[a.tie.index] || a.index - b.index);
    if (!others.length) return [element("p", { className: "sub mb-0", text: words("hasNoTies") })];
    const list = element("ul", { className: "list-unstyled mb-2 network-neighbours" });
    for (const { index, tie } of others.slice(0, this.limit)) {
      const other = model.nodes[index];
      const strength = element("span", { className: "cnt", text: decimal(model.now.strength[tie.index]) });
      list.append(
        element("li", {}, this.sample(tie), this.nameButton(other), strength, this.recordsButton(tie, node, other)),
      );
    }
    const title = element("h3", { className: "h6", text: words("ties", { count: others.length }) });
    if (others.length <= this.limit) return [title, list];
    const more = button({
      text: words("andMore", { count: others.length - this.limit }),
      onClick: () => {
        this.limit = others.length;
        this.draw();
      },
    });
    return [title, list, more];
  }

  sample(tie) {
    const kinds = this.explorer.model.kindsOfTie(tie);
    const names = kinds.map((kind) => kind.label).join(", ");
    const line = element("span", {
      className: `network-sample tie-${kinds[0]?.code}${kinds[0]?.strong ? " is-strong" : ""}`,
      title: names,
    });
    line.append(element("span", { className: "visually-hidden", text: names }));
    return line;
  }
}
