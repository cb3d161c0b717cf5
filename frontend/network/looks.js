// Colours and sizes of actors and ties, read from the theme.

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const isDark = () => document.documentElement.dataset.bsTheme === "dark";
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const COLOURS = 10;
// Opacity of ties, palest first.
const SHADES = [0.05, 0.12, 0.3, 0.45, 0.85];

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

// Sigma expects colours whose channels are already multiplied by their opacity.
export function faded(hex, opacity) {
  return `rgba(${channels(hex).map((channel) => Math.round(channel * opacity)).join(",")},${opacity})`;
}

export class Looks {
  constructor(model) {
    this.setModel(model);
  }

  setModel(model) {
    this.model = model;
    this.readTheme();
    this.update();
  }

  readTheme() {
    this.palette = Array.from({ length: COLOURS }, (_unused, index) => cssColour(`--s${index}`));
    this.sectors = Object.fromEntries(this.model.sectors.map(({ code }) => [code, cssColour(`--sector-${code}`)]));
    [this.ink, this.muted, this.primary, this.plate] = ["--ink", "--mut", "--pri", "--card"].map(cssColour);
    [this.line, this.marked, this.lost, this.added] = ["--ctl", "--tie-marked", "--tie-lost", "--tie-new"].map(cssColour);
    this.pale = cssColour("--node-pale");
    this.kinds = new Map(
      this.model.kinds.map((kind) => {
        const colour = cssColour(`--tie-${kind.code}`) || this.line;
        return [kind.code, SHADES.map((opacity) => faded(colour, opacity))];
      }),
    );
  }

  // Call after settings, figures or the visible part have changed.
  update() {
    const { settings, nodes } = this.model;
    this.ranks = this.rankCommunities();
    const values = nodes.map((node) => this.model.figure(node, settings.size) ?? 0);
    this.clear = this.clearFrom();
    this.largest = values.reduce((most, value) => Math.max(most, value), 1e-9);
  }

  // The strength from which ties are drawn clearly: about two for each actor. All others stand pale behind them, so
  // that a dense network does not become one grey ball.
  clearFrom() {
    const sorted = this.model.now.strength.filter((strength) => strength > 0).sort();
    return sorted[Math.max(0, sorted.length - 2 * this.model.nodes.length)] ?? 0;
  }

  // Communities by size: the largest get the ten colours, the others and single actors stay grey.
  rankCommunities() {
    const counts = new Map();
    for (const node of this.model.shownNodes()) {
      const community = node.figures?.community ?? -1;
      if (community >= 0) counts.set(community, (counts.get(community) ?? 0) + 1);
    }
    const sorted = [...counts].filter(([, count]) => count > 1).sort(([a, x], [b, y]) => y - x || a - b);
    this.communities = sorted.map(([community, count]) => ({ community, count }));
    return new Map(sorted.map(([community], rank) => [community, rank]));
  }

  communityRank(node) {
    return this.ranks.get(node.figures?.community ?? -1) ?? -1;
  }

  // Number of the palette's colour, null for grey; sectors have names of their own.
  paletteOf(node) {
    const rank = this.model.settings.colour === "community" ? this.communityRank(node) : (node.topics[0] ?? -1);
    return rank >= 0 && rank < COLOURS ? rank : null;
  }

  colour(node) {
    if (this.model.settings.colour === "sector") return this.sectors[node.sector] ?? this.palette[7];
    const number = this.paletteOf(node);
    return number === null ? this.line : this.palette[number];
  }

  // The larger the value, the larger the disc; `room` is how much the picture is smaller than on a desk.
  size(node, room = 1) {
    const share = Math.sqrt((this.model.figure(node, this.model.settings.size) ?? 0) / this.largest);
    const count = this.model.nodes.length;
    const [least, more] = count > 3000 ? [1, 7] : count > 600 ? [1.5, 8] : count > 80 ? [2, 9] : [4, 11];
    return room * (this.model.now.degree[node.index] === 0 ? least * 0.9 : least + more * share);
  }

  tieColour(tie, look = this.model.now) {
    const kind = this.model.kindsOfTie(tie, look)[0];
    return this.kinds.get(kind?.code)?.[this.shade(tie, look, kind)] ?? this.line;
  }

  // Without regard to its strength: for the few ties that somebody looks at.
  vividColour(tie) {
    return this.kinds.get(this.model.kindsOfTie(tie)[0]?.code)?.at(-1) ?? this.line;
  }

  shade(tie, look, kind) {
    const strength = look.strength[tie.index];
    if (strength >= this.clear) return kind?.strong ? 4 : 3;
    if (kind?.strong) return 2;
    return strength * 2 > this.clear ? 1 : 0;
  }

  isFaint(tie) {
    return this.shade(tie, this.model.now, this.model.kindsOfTie(tie)[0]) < 2;
  }

  tieWidth(tie, look = this.model.now) {
    const strength = look.strength[tie.index];
    return this.model.isStrong(tie, look) ? Math.min(6, 1 + 0.7 * strength) : Math.min(3, 0.5 + 0.5 * strength);
  }
}
