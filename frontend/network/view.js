// Draws the network with sigma. Positions come from the server and never move against each other.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { mayBeTyping } from "../typing.js";
import { tieAt } from "./hit.js";
import { drawFocus, drawLabel, shortened } from "./labels.js";
import { isStill } from "./looks.js";
import { PADDING, stretchGraph, stretchOf } from "./stretch.js";

const LARGE = 3000;
const MOST_POINTED_TIES = 20000;
const MOST_NAMES = 40;
const MOST_MARKED_NAMES = 12;
export const FONT = '"Source Sans 3 Variable"';

export function buildGraph(model, stretch) {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const node of model.nodes) {
    graph.addNode(String(node.index), { label: shortened(node.label), x: node.x * stretch, y: node.y, size: 4 });
  }
  for (const tie of model.ties)
    graph.addEdgeWithKey(String(tie.index), String(tie.source), String(tie.target), { size: 1 });
  return graph;
}

export function sigmaSettings(model, looks) {
  const isLarge = model.nodes.length > LARGE;
  return {
    defaultEdgeType: isLarge ? "thin" : "rectangle",
    edgeProgramClasses: { thin: EdgeLineProgram, rectangle: EdgeRectangleProgram },
    hideEdgesOnMove: isLarge,
    labelRenderedSizeThreshold: isLarge ? 6 : 4.5,
    labelDensity: 0.3,
    labelGridCellSize: 150,
    labelFont: `${FONT}, sans-serif`,
    labelSize: 13,
    minEdgeThickness: 0.5,
    zIndex: true,
    allowInvalidContainer: true,
    stagePadding: PADDING,
    defaultDrawNodeLabel: (context, data, settings) => drawLabel(looks, context, data, settings),
    defaultDrawNodeHover: (context, data, settings) => drawFocus(looks, context, data, settings),
  };
}

export class NetworkView {
  // `on` holds selectNode(index, isSecond), selectTie(index) and selectNothing().
  constructor(model, looks, container, on) {
    this.container = container;
    this.looks = looks;
    this.on = on;
    this.hovered = null;
    this.hoveredTie = null;
    this.focus = { node: null, steps: 1, tie: null, path: null, marked: new Set(), emphasis: null };
    this.around = null;
    this.pathTies = new Set();
    this.room = 1;
    this.setModel(model);
  }

  setModel(model) {
    this.model = model;
    this.hovered = this.hoveredTie = null;
    this.stretch = stretchOf(this.container);
    this.graph = buildGraph(model, this.stretch);
    this.renderer?.setGraph(this.graph);
  }

  async start() {
    await document.fonts.load(`13px ${FONT}`);
    this.fill();
    this.renderer = new Sigma(this.graph, this.container, {
      ...sigmaSettings(this.model, this.looks),
      nodeReducer: (node, attributes) => this.reduceNode(Number(node), attributes),
      edgeReducer: (edge, attributes) => this.reduceTie(Number(edge), attributes),
    });
    this.renderer.on("enterNode", ({ node }) => this.hover(Number(node)));
    this.renderer.on("leaveNode", () => this.hover(null));
    this.renderer.on("clickNode", ({ node, event }) => this.on.selectNode(Number(node), event.original.shiftKey));
    this.renderer.on("clickStage", ({ event }) => this.clickBeside(event));
    this.renderer.getMouseCaptor().on("mousemovebody", (event) => this.point(event));
    this.container.addEventListener("keydown", (event) => this.onKey(event));
    new ResizeObserver(() => this.fill()).observe(this.container);
  }

  // Beside the comparison this picture stands hidden, and keeps its shape.
  fill() {
    const stretch = stretchOf(this.container);
    if (!this.container.clientWidth || stretch === this.stretch) return;
    this.stretch = stretch;
    stretchGraph(this.graph, this.model, stretch);
  }

  // What is looked at: `node` with its surroundings, a `tie`, a `path`, actors `marked`, actors a question is about.
  refresh(focus = this.focus) {
    this.focus = focus;
    this.room = this.looks.room(this.container.clientWidth, this.container.clientHeight);
    const { node, steps, path, tie } = focus;
    const centre = node ?? this.hovered;
    this.around = null;
    if (path) this.around = new Set(path.nodes);
    else if (tie !== null) this.around = new Set([this.model.ties[tie].source, this.model.ties[tie].target]);
    else if (centre !== null) this.around = this.model.surroundings(centre, node === null ? 1 : steps);
    this.pathTies = new Set(path?.ties.map((entry) => entry.index) ?? (tie === null ? [] : [tie]));
    if (this.container.clientWidth) this.renderer?.refresh({ skipIndexation: true });
  }

  reduceNode(index, attributes) {
    const node = this.model.nodes[index];
    const isAlone = this.model.now.degree[index] === 0;
    const isMarked = this.focus.marked.has(index);
    if (!this.model.now.shown[index] || (isAlone && !this.model.settings.isolates && !isMarked)) {
      return { ...attributes, hidden: true };
    }
    const drawn = { ...attributes, color: this.looks.colour(node), size: this.looks.size(node, this.room), zIndex: 1 };
    if (isMarked) Object.assign(drawn, this.markedLook(drawn));
    if (this.around) return this.reduceAround(index, drawn);
    const { emphasis } = this.focus;
    if (!emphasis) return drawn;
    if (!emphasis.has(index))
      return { ...drawn, color: this.looks.pale, label: isMarked ? drawn.label : "", zIndex: 0 };
    return { ...drawn, size: Math.max(drawn.size, 5), zIndex: 2, forceLabel: emphasis.size <= MOST_NAMES };
  }

  // Everybody marked gets a ring, which is drawn with the name; the names of many would hide each other.
  markedLook({ label }) {
    return {
      ring: this.looks.marked,
      forceLabel: true,
      zIndex: 2,
      label: this.focus.marked.size > MOST_MARKED_NAMES ? "" : label,
    };
  }

  reduceAround(index, drawn) {
    if (!this.around.has(index)) return { ...drawn, color: this.looks.pale, label: "", ring: null, zIndex: 0 };
    const isFocus = index === (this.focus.node ?? this.hovered);
    const hasName = this.around.size < MOST_NAMES || isFocus;
    return { ...drawn, zIndex: 2, forceLabel: hasName, highlighted: isFocus };
  }

  reduceTie(index, attributes) {
    const tie = this.model.ties[index];
    if (!this.model.now.strength[index]) return { ...attributes, hidden: true };
    const isStrong = this.model.isStrong(tie);
    const drawn = {
      ...attributes,
      color: this.looks.tieColour(tie),
      size: this.looks.tieWidth(tie),
      zIndex: isStrong ? 1 : 0,
    };
    if (this.pathTies.has(index))
      return { ...drawn, color: this.looks.primary, size: Math.max(4, drawn.size), zIndex: 3 };
    if (index === this.hoveredTie) return { ...drawn, color: this.looks.primary, size: drawn.size + 1.5, zIndex: 3 };
    if (this.around === null) return this.focus.emphasis ? this.reduceEmphasised(tie, drawn) : drawn;
    if (this.pathTies.size || !this.around.has(tie.source) || !this.around.has(tie.target))
      return { ...drawn, hidden: true };
    const centre = this.focus.node ?? this.hovered;
    if (tie.source === centre || tie.target === centre) {
      return isStrong
        ? { ...drawn, color: this.looks.vividColour(tie), size: Math.max(2.5, drawn.size), zIndex: 2 }
        : { ...drawn, color: this.looks.primary, size: Math.max(1, drawn.size), zIndex: 2 };
    }
    // One step around an actor shows its own ties only; from two steps on, how the others hang together as well.
    return this.focus.node === null || this.focus.steps === 1 ? { ...drawn, hidden: true } : drawn;
  }

  reduceEmphasised(tie, drawn) {
    const { emphasis } = this.focus;
    return emphasis.has(tie.source) || emphasis.has(tie.target) ? drawn : { ...drawn, hidden: true };
  }

  hover(index) {
    this.hovered = index;
    this.container.classList.toggle("is-pointing", index !== null);
    if (this.focus.node === null && this.focus.tie === null && !this.focus.path) this.refresh();
  }

  clickBeside(event) {
    const tie = tieAt(this, event);
    if (tie === null) this.on.selectNothing();
    else this.on.selectTie(tie);
  }

  // The tie under the pointer stands out before it is clicked; looked for once in a frame at most.
  point({ x, y }) {
    if (this.model.now.ties > MOST_POINTED_TIES) return;
    this.pointing ??= requestAnimationFrame(() => {
      this.pointing = undefined;
      const tie = this.hovered === null && !this.renderer.getCamera().isAnimated() ? tieAt(this, this.pointer) : null;
      if (tie !== this.hoveredTie) this.hoverTie(tie);
    });
    this.pointer = { x, y };
  }

  hoverTie(index) {
    this.hoveredTie = index;
    this.container.classList.toggle("is-pointing", index !== null);
    this.renderer.refresh({ skipIndexation: true });
  }

  // Shows what is asked for without moving the picture when it is in sight already.
  centre(index) {
    const place = this.renderer.getNodeDisplayData(String(index));
    const camera = this.renderer.getCamera();
    if (place) this.moveTo({ ...camera.getState(), x: place.x, y: place.y, ratio: Math.min(0.7, camera.ratio) });
  }

  // Brings all of these into sight.
  fit(indexes) {
    const places = indexes.map((index) => this.renderer.getNodeDisplayData(String(index))).filter(Boolean);
    if (!places.length) return;
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    this.moveTo({ x: middle(xs), y: middle(ys), ratio: Math.min(1, Math.max(0.3, span * 1.8)), angle: 0 });
  }

  moveTo(state) {
    const camera = this.renderer.getCamera();
    if (isStill()) camera.setState(state);
    else camera.animate(state, { duration: 300 });
  }

  zoom(factor) {
    const state = this.renderer.getCamera().getState();
    this.moveTo({ ...state, ratio: state.ratio * factor });
  }

  reset() {
    this.moveTo({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  // Actors drawn within a closed line of points of the picture.
  within(isInside) {
    const inside = [];
    for (const node of this.model.nodes) {
      const data = this.renderer.getNodeDisplayData(String(node.index));
      if (data && !data.hidden && isInside(this.renderer.framedGraphToViewport(data))) inside.push(node.index);
    }
    return inside;
  }

  onKey(event) {
    const camera = this.renderer.getCamera();
    const step = 0.1 * camera.ratio;
    const moves = {
      ArrowLeft: { x: camera.x - step },
      ArrowRight: { x: camera.x + step },
      ArrowUp: { y: camera.y + step },
      ArrowDown: { y: camera.y - step },
      "+": { ratio: camera.ratio / 1.3 },
      "-": { ratio: camera.ratio * 1.3 },
      0: { x: 0.5, y: 0.5, ratio: 1 },
    };
    const move = moves[event.key];
    if (!move || mayBeTyping(event)) return;
    event.preventDefault();
    camera.setState({ ...camera.getState(), ...move });
  }
}
