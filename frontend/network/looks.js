// Colours and sizes of actors and ties, read from the theme.

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const isDark = () => document.documentElement.dataset.bsTheme === "dark";
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const COLOURS = 10;
// The theme's colours but its grey, which means "none of these".
export const SWATCHES = [0, 1, 2, 3, 5, 6, 7, 8, 9];
// Opacity of ties, palest first.
const CROWD = 8000;
const MOST_CLEAR = 1200;
const CLEAR = 3;
const [LEAST, LEAST_ALONE] = [1.4, 2];
// Share of the picture that the discs of all actors may cover.
const FILLED = 0.055;
const SHADES = [0.05, 0.12, 0.3, 0.45, 0.85];

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

// Sigma expects colours whose channels are already multiplied by their opacity.
export function faded(hex, opacity) {
  return `rgba(${channels(hex)
    .map((channel) => Math.round(channel * opacity))
    .join(",")},${opacity})`;
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
    [this.line, this.marked, this.lost, this.added] = ["--ctl", "--tie-marked", "--tie-lost", "--tie-new"].map(
      cssColour,
    );
    this.pale = cssColour("--node-pale");
    const crowd = Math.min(1, Math.max(0.2, CROWD / this.model.ties.length));
    this.kinds = new Map(
      this.model.kinds.map((kind) => {
        const colour = cssColour(`--tie-${kind.code}`) || this.line;
        return [kind.code, SHADES.map((opacity, at) => faded(colour, at >= CLEAR ? opacity : opacity * crowd))];
      }),
    );
  }

  // Call after settings, figures or the visible part have changed.
  update() {
    const { settings, nodes } = this.model;
    this.ranks = this.rankCommunities();
    const values = nodes.map((node) => this.model.figure(node, settings.size) ?? 0);
    this.largest = values.reduce((most, value) => Math.max(most, value), 1e-9);
    this.setThresholds();
    this.area = nodes.reduce(
      (sum, node) => sum + (this.model.now.shown[node.index] ? Math.PI * this.size(node) ** 2 : 0),
      1,
    );
  }

  // `strongest` is what the thickest ties have; a few that stand out do not make all others thin.
  //
  // The strength from which ties are drawn clearly: about two for each actor, and never too many. All others stand pale behind them, so
  // that a dense network does not become one grey ball.
  setThresholds() {
    const sorted = this.model.now.strength.filter((strength) => strength > 0).sort();
    this.clear = sorted[Math.max(0, sorted.length - Math.min(2 * this.model.nodes.length, MOST_CLEAR))] ?? 0;
    this.strongest = sorted[Math.floor(sorted.length * 0.995)] ?? 1;
  }

  // Communities by size: the largest get the colours, the others and single actors stay grey.
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
    return SWATCHES[rank] ?? null;
  }

  colour(node) {
    if (this.model.settings.colour === "sector") return this.sectors[node.sector] ?? this.palette[7];
    const number = this.paletteOf(node);
    return number === null ? this.line : this.palette[number];
  }

  // How much smaller actors have to be drawn so that they leave room between each other.
  room(width, height) {
    return Math.min(1, Math.sqrt((FILLED * width * height) / this.area));
  }

  // The larger the value, the larger the disc.
  size(node, room = 1) {
    const share = Math.sqrt((this.model.figure(node, this.model.settings.size) ?? 0) / this.largest);
    const count = this.model.nodes.length;
    const [least, more] = count > 3000 ? [1, 7] : count > 600 ? [1.5, 8] : count > 80 ? [2, 9] : [4, 11];
    if (this.model.now.degree[node.index] === 0) return Math.max(LEAST_ALONE, room * least * 0.9);
    return Math.max(LEAST, room * (least + more * share));
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
    const share = Math.min(1, look.strength[tie.index] / this.strongest);
    return this.model.isStrong(tie, look) ? 1 + 4.5 * share : 0.5 + 2 * share;
  }
}
