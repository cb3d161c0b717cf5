// In words: what the picture shows, and what falls apart when actors are taken out.
import { button, element, listed, one, percent, words } from "./words.js";

const SHARES_FROM = 20;

export class Summary {
  constructor(explorer) {
    this.explorer = explorer;
  }

  draw() {
    const { model, loss } = this.explorer;
    const { groups, ties } = model.now;
    const line = [
      words("actors", { count: model.shownNodes().length }),
      words("ties", { count: ties }),
      words("groups", { count: groups.sizes.length }),
      words("isolated", { count: groups.isolated.length }),
    ].join(" · ");
    const box = one("#network-summary");
    box.replaceChildren(element("p", { className: "mb-0 network-line", text: line }));
    const hint = this.hint();
    if (hint) box.append(element("p", { className: "mb-0 mt-1", text: hint }));
    if (loss) box.append(...this.lossLines(loss));
    if (model.meta.backbone?.text && model.meta.backbone.text !== hint)
      box.append(element("p", { className: "mb-0 mt-1", text: model.meta.backbone.text }));
    this.drawHintInPicture(hint);
  }

  // Why there is nothing, or next to nothing, to see.
  hint() {
    const { model, settings } = this.explorer;
    const shown = model.shownNodes();
    if (model.now.ties > 0) return "";
    if (model.meta.backbone?.kept === 0) return model.meta.backbone.text;
    if (!model.kindsOf(settings).some(Boolean)) return words("hintNoKind");
    if (shown.length === 0) return words("hintNobody");
    if (shown.length === 1) return words("hintOneActor", { name: shown[0].label });
    if (!model.isWholePeriod(settings)) {
      const [from, until] = model.period(settings);
      return words("hintEmptyPeriod", { years: from === until ? `${from}` : `${from}–${until}` });
    }
    return words("hintNoTies");
  }

  drawHintInPicture(hint) {
    const box = one("#network-hint");
    box.hidden = !hint;
    box.textContent = hint;
  }

  lossLines(loss) {
    const { before, after } = loss;
    const names = loss.removed.map((node) => node.label);
    const lost = words("lostTies", { count: loss.lostTies, all: before.ties });
    const share = before.ties >= SHARES_FROM ? ` (${percent(loss.lostTies, before.ties)})` : "";
    const groups = change("groups", before.groups.sizes.length, after.groups.sizes.length);
    const largest = change("largest", before.groups.sizes[0] ?? 0, after.groups.sizes[0] ?? 0);
    const lead = names.length ? words("without", { names: listed(names, 4) }) : words("withoutEvents");
    const lines = [
      element(
        "p",
        { className: "mb-0 mt-2" },
        element("strong", { text: `${lead} ${lost}${share}.` }),
        ` ${groups} ${largest}`,
      ),
    ];
    const isolated = loss.newlyIsolated;
    lines.push(
      element("p", {
        className: "mb-0 mt-1",
        text: isolated.length ? words("newlyIsolated", { count: isolated.length }) : words("nobodyIsolated"),
      }),
    );
    if (isolated.length)
      lines[1].append(
        " ",
        listed(
          isolated.map((node) => node.label),
          12,
        ),
      );
    const bridges = this.bridgeLine();
    return bridges ? [...lines, bridges] : lines;
  }

  // Who could reach those who fall away from the largest group: worked out by the server, like in the report.
  bridgeLine() {
    const { explorer } = this;
    const bridging = explorer.figures.now?.bridging;
    if (!bridging?.separated) return null;
    const { separated, largest, equals, candidates } = bridging;
    if (largest < 2) return element("p", { className: "mb-0 mt-1", text: words("allApart") });
    const lead = words(equals > 1 ? "separatedEquals" : "separated", { count: separated, largest, equals });
    const line = element("p", {
      className: "mb-0 mt-1",
      text: `${lead} ${words(candidates.length ? "couldBridge" : "noBridge")} `,
    });
    candidates.forEach(({ at, met, common }, place) => {
      const node = explorer.model.nodes[at];
      if (place) line.append(", ");
      line.append(
        button({
          text: node.label,
          className: "btn btn-link p-0 network-inline",
          onClick: () => explorer.select(node.index, { isCentred: true }),
        }),
        ` (${met ? words("bridgeMet", { count: met }) : words("bridgeCommon", { count: common })})`,
      );
    });
    if (bridging.has_more) line.append(` ${words("couldOthers")}`);
    return line;
  }
}

// "2 instead of 3", or that it is as before.
const change = (name, before, after) =>
  before === after ? words(`${name}Same`, { after, count: after }) : words(`${name}Change`, { before, after });
