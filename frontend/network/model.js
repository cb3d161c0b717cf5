// What is visible of the network. No drawing here.
//
// Nodes and ties come from the server once, for the whole time and all kinds. A tie consists of parts: kind of tie,
// years, strength, number of records, and what it has to do with the office. A look at the network is a snapshot:
// which parts count, and what follows for each tie and actor.
import { groupsOf } from "./groups.js";

const [AT_OFFICE, BY_OFFICE] = [1, 2];
const OFFICE_BITS = { with: 0, without: AT_OFFICE, cancelled: AT_OFFICE | BY_OFFICE };

export class NetworkModel {
  constructor(data, settings) {
    this.meta = data.meta;
    this.kinds = data.kinds;
    this.sectors = data.sectors;
    this.topics = data.topics;
    this.sectorLabels = new Map(data.sectors.map(({ code, label }) => [code, label]));
    this.nodes = data.nodes.map((node, index) => ({ ...node, index, figures: null }));
    this.ties = data.edges.map(([source, target, parts], index) => ({ index, source, target, parts }));
    this.kindsOfMask = new Map();
    this.byId = new Map(this.nodes.map((node) => [node.id, node]));
    [this.firstYear, this.lastYear] = data.meta.years ?? [null, null];
    this.update(settings);
  }

  get hasYears() {
    return this.firstYear !== null && this.lastYear > this.firstYear;
  }

  get hasOffice() {
    return this.nodes.some((node) => node.is_office);
  }

  kindsOf(settings) {
    return this.kinds.map((kind) => (settings.kinds ? settings.kinds.has(kind.code) : kind.default));
  }

  period(settings) {
    const from = Math.max(settings.from ?? this.firstYear, this.firstYear);
    const until = Math.min(settings.until ?? this.lastYear, this.lastYear);
    return [from, until];
  }

  isWholePeriod(settings) {
    const [from, until] = this.period(settings);
    return from <= this.firstYear && until >= this.lastYear;
  }

  // Whoever organised together was there together: the same meeting is not counted twice.
  summed(settings) {
    const on = this.kindsOf(settings);
    const hasAttendance = this.kinds.some((kind, index) => kind.code === "attendance" && on[index]);
    return this.kinds.map((kind, index) => on[index] && !(hasAttendance && kind.code === "organising"));
  }

  snapshot(settings) {
    const [from, until] = this.period(settings);
    const isWhole = this.isWholePeriod(settings);
    const [on, summed] = [this.kindsOf(settings), this.summed(settings)];
    const dropped = OFFICE_BITS[settings.office];
    const isOut = this.nodes.map((node) => this.isOut(node, settings));
    const size = this.ties.length;
    const look = {
      strength: new Float64Array(size),
      count: new Int32Array(size),
      kinds: new Uint8Array(size),
      ties: 0,
    };
    look.degree = new Int32Array(this.nodes.length);
    look.total = new Float64Array(this.nodes.length);
    for (const { index, source, target, parts } of this.ties) {
      if (isOut[source] || isOut[target]) continue;
      let [strength, count, kinds] = [0, 0, 0];
      for (const [kind, start, end, share, records, office] of parts) {
        if (!on[kind] || office & dropped) continue;
        if (!isWhole && (start === 0 || (start ?? from) > until || (end ?? until) < from)) continue;
        kinds |= 1 << kind;
        if (!summed[kind]) continue;
        strength += share;
        count += records;
      }
      if (strength <= 0 || strength < settings.minimum - 1e-9) continue;
      look.strength[index] = strength;
      look.count[index] = count;
      look.kinds[index] = kinds;
      look.ties += 1;
      look.degree[source] += 1;
      look.degree[target] += 1;
      look.total[source] += strength;
      look.total[target] += strength;
    }
    // The office is gone, unless it has ties of a time when it was an actor like others.
    look.shown = this.nodes.map(
      (node) => !isOut[node.index] && !(dropped && node.is_office && look.degree[node.index] === 0),
    );
    look.groups = groupsOf(this, look);
    return look;
  }

  isOut(node, settings) {
    return settings.without.has(node.id) || (settings.sectors !== null && !settings.sectors.has(node.sector));
  }

  // Recomputes what is visible; call after every change of a setting.
  update(settings) {
    this.settings = settings;
    this.now = this.snapshot(settings);
    this.neighbours = this.nodes.map(() => []);
    for (const tie of this.ties) {
      if (!this.now.strength[tie.index]) continue;
      this.neighbours[tie.source].push({ index: tie.target, tie });
      this.neighbours[tie.target].push({ index: tie.source, tie });
    }
  }

  get isReduced() {
    return this.settings.office !== "with" || this.settings.without.size > 0;
  }

  // The same without taking anybody out, office included.
  before() {
    return this.snapshot({ ...this.settings, office: "with", without: new Set() });
  }

  shownNodes() {
    return this.nodes.filter((node) => this.now.shown[node.index]);
  }

  shownTies() {
    return this.ties.filter((tie) => this.now.strength[tie.index] > 0);
  }

  tieBetween(a, b) {
    return this.neighbours[a].find((other) => other.index === b)?.tie ?? null;
  }

  // The kinds that make up a tie now, strong ones first.
  kindsOfTie(tie, look = this.now) {
    const mask = look.kinds[tie.index];
    if (!this.kindsOfMask.has(mask)) {
      const own = this.kinds.filter((_kind, index) => mask & (1 << index));
      this.kindsOfMask.set(
        mask,
        own.sort((a, b) => Number(b.strong) - Number(a.strong)),
      );
    }
    return this.kindsOfMask.get(mask);
  }

  isStrong(tie, look = this.now) {
    return Boolean(this.kindsOfTie(tie, look)[0]?.strong);
  }

  // The node and everybody within `steps` ties of it.
  surroundings(index, steps) {
    const reached = new Set([index]);
    let edge = [index];
    for (let step = 0; step < steps; step += 1) {
      edge = [...new Set(edge.flatMap((at) => this.neighbours[at].map((other) => other.index)))];
      edge = edge.filter((at) => !reached.has(at));
      edge.forEach((at) => reached.add(at));
    }
    return reached;
  }

  // Where the picture leaves out weak ties, the server counted all of them.
  figure(node, name) {
    const [isDrawnInPart, all] = [Boolean(this.meta.bounded), node.figures?.[name] ?? null];
    if (name === "degree") return isDrawnInPart && all !== null ? all : this.now.degree[node.index];
    if (name === "strength") return isDrawnInPart && all !== null ? all : this.now.total[node.index];
    if (name === "participations") return node.figures?.participations ?? node.participations;
    return node.figures?.[name] ?? null;
  }
}
