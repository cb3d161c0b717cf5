// What is visible of the network, and the figures of the visible part. No drawing here.
//
// Nodes and ties come from the server once. A tie knows its strength per year, so that the period can be moved
// without asking again; ties without a year count only while no period is chosen.

export class NetworkModel {
  constructor(data) {
    this.meta = data.meta;
    this.sectors = data.sectors;
    this.nodes = data.nodes.map((node, index) => ({ ...node, index }));
    this.ties = data.edges.map(([source, target, weight, count, years]) => ({ source, target, weight, count, years }));
    [this.firstYear, this.lastYear] = data.meta.years ?? [null, null];
    this.from = this.firstYear;
    this.to = this.lastYear;
    this.withOffice = true;
    this.hiddenSectors = new Set();
    this.minimum = 0;
    this.update();
  }

  get hasYears() {
    return this.firstYear !== null && this.firstYear !== undefined && this.lastYear > this.firstYear;
  }

  get isWholePeriod() {
    return this.from === this.firstYear && this.to === this.lastYear;
  }

  get hasOffice() {
    return this.nodes.some((node) => node.office);
  }

  strength(tie) {
    if (this.isWholePeriod) return tie.weight;
    return tie.years.reduce((sum, [year, part]) => (year >= this.from && year <= this.to ? sum + part : sum), 0);
  }

  isShown(node, withOffice = this.withOffice) {
    return !this.hiddenSectors.has(node.sector) && (withOffice || !node.office);
  }

  // Recomputes what is visible; call after every change of a filter.
  update() {
    this.neighbours = this.nodes.map(() => []);
    this.visibleTies = [];
    for (const tie of this.ties) {
      const strength = this.strength(tie);
      const shown = this.isShown(this.nodes[tie.source]) && this.isShown(this.nodes[tie.target]);
      tie.now = shown && strength > this.minimum ? strength : 0;
      if (!tie.now) continue;
      this.visibleTies.push(tie);
      this.neighbours[tie.source].push({ index: tie.target, strength, count: tie.count });
      this.neighbours[tie.target].push({ index: tie.source, strength, count: tie.count });
    }
    for (const node of this.nodes) {
      node.shown = this.isShown(node);
      node.degreeNow = this.neighbours[node.index].length;
      node.strengthNow = this.neighbours[node.index].reduce((sum, other) => sum + other.strength, 0);
    }
    this.summary = this.summarise(this.withOffice);
  }

  // Actors, ties, connected groups and actors without a tie, with or without the office.
  summarise(withOffice) {
    const parent = this.nodes.map((_node, index) => index);
    const root = (index) => {
      while (parent[index] !== index) {
        parent[index] = parent[parent[index]];
        index = parent[index];
      }
      return index;
    };
    const degree = new Array(this.nodes.length).fill(0);
    let ties = 0;
    for (const tie of this.ties) {
      const ends = this.isShown(this.nodes[tie.source], withOffice) && this.isShown(this.nodes[tie.target], withOffice);
      if (!ends || this.strength(tie) <= this.minimum) continue;
      ties += 1;
      degree[tie.source] += 1;
      degree[tie.target] += 1;
      parent[root(tie.source)] = root(tie.target);
    }
    const shown = this.nodes.filter((node) => this.isShown(node, withOffice));
    const connected = shown.filter((node) => degree[node.index] > 0);
    const isolated = shown.filter((node) => degree[node.index] === 0);
    const groups = new Set(connected.map((node) => root(node.index))).size;
    return { actors: shown.length, ties, groups, isolated };
  }

  // What the office holds together: who is left without a tie, how many groups, how many ties go.
  withoutOffice() {
    const before = this.summarise(true);
    const after = this.summarise(false);
    const lonely = new Set(before.isolated.map((node) => node.index));
    return {
      before,
      after,
      lostTies: before.ties - after.ties,
      newlyIsolated: after.isolated.filter((node) => !lonely.has(node.index)),
    };
  }

  // The node and everybody within `steps` ties of it.
  surroundings(index, steps) {
    const reached = new Set([index]);
    let edge = [index];
    for (let step = 0; step < steps; step += 1) {
      edge = edge.flatMap((at) => this.neighbours[at].map((other) => other.index)).filter((at) => !reached.has(at));
      edge.forEach((at) => reached.add(at));
    }
    return reached;
  }
}
