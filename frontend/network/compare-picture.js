// Draws the two pictures of the comparison; moving one moves the other.
import Sigma from "sigma";
import { faded } from "./looks.js";
import { stretchGraph, stretchOf } from "./stretch.js";
import { buildGraph, sigmaSettings } from "./view.js";
import { one } from "./words.js";

// LOST | NEW is KEPT: there on both sides.
export const [NONE, LOST, NEW, KEPT] = [0, 1, 2, 3];

export class ComparePicture {
  constructor(explorer) {
    this.explorer = explorer;
    this.model = explorer.model;
    this.container = one("#network-left");
    this.stretch = stretchOf(this.container);
    this.graph = buildGraph(explorer.model, this.stretch);
    this.room = 1;
    this.renderers = ["left", "right"].map((side, at) => this.start(one(`#network-${side}`), at));
    this.renderers.forEach((renderer, at) => {
      const [own, other] = [renderer.getCamera(), this.renderers[1 - at].getCamera()];
      own.on("updated", (state) => {
        if (this.isFollowing) return;
        this.isFollowing = true;
        other.setState(state);
        this.isFollowing = false;
      });
    });
    this.watch = new ResizeObserver(() => this.fill());
    this.watch.observe(this.container);
  }

  // Both pictures have one shape and one graph.
  fill() {
    const stretch = stretchOf(this.container);
    if (!this.container.clientWidth || stretch === this.stretch) return;
    this.stretch = stretch;
    stretchGraph(this.graph, this.model, stretch);
  }

  start(container, side) {
    const { explorer } = this;
    const renderer = new Sigma(this.graph, container, {
      ...sigmaSettings(this.model, explorer.looks),
      nodeReducer: (node, attributes) => this.reduceNode(Number(node), attributes, side),
      edgeReducer: (edge, attributes) => this.reduceTie(Number(edge), attributes, side),
    });
    renderer.on("clickNode", ({ node }) => explorer.select(Number(node)));
    renderer.on("clickStage", () => explorer.select(null));
    return renderer;
  }

  draw({ changes, looks }) {
    if (this.model !== this.explorer.model) {
      this.model = this.explorer.model;
      this.graph = buildGraph(this.model, this.stretch);
      this.renderers.forEach((renderer) => renderer.setGraph(this.graph));
    }
    Object.assign(this, { changes, snapshots: looks });
    const { width, height } = this.renderers[0].getDimensions();
    this.room = this.explorer.looks.room(width, height);
    this.renderers.forEach((renderer) => renderer.refresh({ skipIndexation: true }));
  }

  reduceNode(index, attributes, side) {
    const snapshot = this.snapshots?.[side];
    if (!snapshot?.shown[index]) return { ...attributes, hidden: true };
    const { looks, selected, model } = this.explorer;
    const size = looks.size(model.nodes[index], this.room);
    const isFocus = selected?.index === index;
    if (snapshot.degree[index] === 0)
      return {
        ...attributes,
        size: Math.min(size, 3),
        color: looks.pale,
        label: isFocus ? attributes.label : "",
        highlighted: isFocus,
      };
    return { ...attributes, size, color: looks.colour(model.nodes[index]), zIndex: 1, highlighted: isFocus };
  }

  // On the left what was there: kept and lost. On the right what is there: kept and new.
  reduceTie(index, attributes, side) {
    const change = this.changes?.[index];
    const isThere = change === KEPT || change === (side === 0 ? LOST : NEW);
    if (!isThere) return { ...attributes, hidden: true };
    const { looks, model } = this.explorer;
    const snapshot = this.snapshots[side];
    const size = looks.tieWidth(model.ties[index], snapshot);
    const opacity = Math.min(1, 0.12 + (0.6 * snapshot.strength[index]) / Math.max(looks.clear, 1e-9));
    const colour = change === KEPT ? looks.line : side === 0 ? looks.lost : looks.added;
    return {
      ...attributes,
      size: Math.max(0.8, size),
      color: faded(colour, change === KEPT ? opacity * 0.6 : opacity),
      zIndex: change === KEPT ? 0 : 1,
    };
  }

  stop() {
    this.watch.disconnect();
    this.renderers.forEach((renderer) => renderer.kill());
  }
}
