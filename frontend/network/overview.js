// Where a picture of every actor helps nobody - too many of them, a small screen, no WebGL - the sectors and how they
// hang together are drawn instead. The tables are the same.
import { isStill } from "./looks.js";
import { button, drawn, element, one, whole, words } from "./words.js";

const MOST_ON_A_PHONE = 1500;
const [WIDTH, HEIGHT, RADIUS] = [720, 460, 165];

export class Overview {
  constructor(explorer) {
    this.explorer = explorer;
    this.isForced = false;
  }

  // Why there is no picture; empty where there is one.
  reason() {
    const { model } = this.explorer;
    if (model.meta.too_many) return words("tooMany", { count: model.nodes.length });
    if (!hasWebGL()) return words("noPicture");
    const isPhone = matchMedia("(max-width: 575.98px)").matches;
    if (isPhone && model.nodes.length > MOST_ON_A_PHONE && !this.isForced)
      return words("tooManyForPhone", { count: model.nodes.length });
    return "";
  }

  isPictureWise() {
    return this.reason() === "";
  }

  draw() {
    const { explorer } = this;
    const box = one("#network-overview");
    box.hidden = Boolean(explorer.view);
    one("#network-stage").classList.toggle("is-overview", !explorer.view);
    if (explorer.view) return;
    const { model } = explorer;
    const lines = [element("p", { className: "note note-info", text: this.reason() })];
    if (!model.meta.too_many && hasWebGL())
      lines.push(
        button({ text: words("drawAnyway"), className: "btn btn-outline btn-sm mb-2", onClick: () => this.force() }),
      );
    box.replaceChildren(...lines, this.picture());
  }

  async force() {
    this.isForced = true;
    await this.explorer.startPicture();
    this.explorer.apply();
    if (!isStill()) this.explorer.view.reset();
  }

  counts() {
    const { model } = this.explorer;
    const actors = new Map();
    for (const node of model.shownNodes()) actors.set(node.sector, (actors.get(node.sector) ?? 0) + 1);
    const between = new Map();
    for (const tie of model.shownTies()) {
      const ends = [model.nodes[tie.source].sector, model.nodes[tie.target].sector].sort();
      if (ends[0] !== ends[1]) between.set(ends.join("|"), (between.get(ends.join("|")) ?? 0) + 1);
    }
    return { actors, between };
  }

  picture() {
    const { model } = this.explorer;
    const { actors, between } = this.counts();
    const sectors = model.sectors.filter(({ code }) => actors.has(code));
    const place = new Map(
      sectors.map(({ code }, at) => {
        const angle = (2 * Math.PI * at) / sectors.length - Math.PI / 2;
        return [code, [WIDTH / 2 + 1.35 * RADIUS * Math.cos(angle), HEIGHT / 2 + RADIUS * Math.sin(angle)]];
      }),
    );
    const most = Math.max(1, ...between.values());
    const svg = drawn("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: "network-sectors",
      role: "img",
      "aria-label": this.sentence(sectors, actors),
    });
    for (const [ends, count] of between) {
      const [[x1, y1], [x2, y2]] = ends.split("|").map((code) => place.get(code));
      svg.append(drawn("line", { x1, y1, x2, y2, "stroke-width": (1 + (11 * count) / most).toFixed(1) }));
    }
    const largest = Math.max(...actors.values());
    for (const { code, label } of sectors) {
      const [x, y] = place.get(code);
      const r = 14 + 22 * Math.sqrt(actors.get(code) / largest);
      const name = drawn("text", { x, y: y + r + 18 });
      name.textContent = `${label} · ${whole(actors.get(code))}`;
      svg.append(drawn("circle", { cx: x, cy: y, r, class: `sector-${code}` }), name);
    }
    return svg;
  }

  sentence(sectors, actors) {
    return `${words("overviewLabel")} ${sectors.map(({ code, label }) => `${label}: ${whole(actors.get(code))}`).join(", ")}`;
  }
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}
