// Draws the network with sigma. Positions come from the server and never move.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";

const LARGE = 3000;
const FONT = '"Source Sans 3 Variable"';

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const isDark = () => document.documentElement.dataset.bsTheme === "dark";
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Sigma expects colours whose channels are already multiplied by their opacity.
function faded([red, green, blue], opacity) {
  return `rgba(${[red, green, blue].map((channel) => Math.round(channel * opacity)).join(",")},${opacity})`;
}

export class NetworkView {
  constructor(model, container, { onSelect }) {
    this.model = model;
    this.container = container;
    this.onSelect = onSelect;
    this.selected = null;
    this.hovered = null;
    this.around = null;
    this.largest = 1;
    this.steps = 1;
    this.colourBy = "sector";
    this.sizeBy = "degree";
    this.isLarge = model.nodes.length > LARGE;
    this.readTheme();
    this.graph = this.buildGraph();
  }

  async start() {
    await document.fonts.load(`13px ${FONT}`);
    this.renderer = new Sigma(this.graph, this.container, this.settings());
    this.renderer.on("enterNode", ({ node }) => this.hover(Number(node)));
    this.renderer.on("leaveNode", () => this.hover(null));
    this.renderer.on("clickNode", ({ node }) => this.onSelect(Number(node)));
    this.renderer.on("clickStage", () => this.onSelect(null));
    this.container.addEventListener("keydown", (event) => this.onKey(event));
    new MutationObserver(() => this.changeTheme()).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-bs-theme"],
    });
    this.refresh();
  }

  readTheme() {
    this.palette = Array.from({ length: 10 }, (_unused, index) => cssColour(`--s${index}`));
    this.sectorColours = Object.fromEntries(
      this.model.sectors.map(({ code }) => [code, cssColour(`--sector-${code}`)]),
    );
    this.ink = cssColour("--ink");
    this.primary = cssColour("--pri");
    this.plate = cssColour("--card");
    this.pale = isDark() ? "#2a343c" : "#e6eaed";
    const opacity = this.isLarge ? 0.08 : this.model.nodes.length > 600 ? 0.22 : 0.32;
    this.tieColour = faded(isDark() ? [143, 163, 179] : [91, 107, 120], opacity);
  }

  settings() {
    return {
      defaultEdgeType: this.isLarge ? "thin" : "rectangle",
      edgeProgramClasses: { thin: EdgeLineProgram, rectangle: EdgeRectangleProgram },
      hideEdgesOnMove: this.isLarge,
      labelRenderedSizeThreshold: this.isLarge ? 7 : 6,
      labelDensity: 0.35,
      labelGridCellSize: 140,
      labelFont: `${FONT}, sans-serif`,
      labelSize: 13,
      labelColor: { color: this.ink },
      defaultEdgeColor: this.tieColour,
      minEdgeThickness: 0.5,
      zIndex: true,
      stagePadding: 40,
      defaultDrawNodeLabel: (context, data, settings) => this.drawLabel(context, data, settings),
      defaultDrawNodeHover: (context, data, settings) => this.drawHalo(context, data, settings),
      nodeReducer: (node, attributes) => this.reduceNode(Number(node), attributes),
      edgeReducer: (edge, attributes) => this.reduceTie(Number(edge), attributes),
    };
  }

  buildGraph() {
    const graph = new Graph({ type: "undirected", multi: false });
    for (const node of this.model.nodes) {
      graph.addNode(String(node.index), { label: node.label, x: node.x, y: node.y, size: 4, color: this.palette[0] });
    }
    this.model.ties.forEach((tie, index) => {
      graph.addEdgeWithKey(String(index), String(tie.source), String(tie.target), { size: 1 });
    });
    return graph;
  }

  colour(node) {
    if (this.colourBy === "community") return this.palette[Math.max(0, node.community) % this.palette.length];
    return this.sectorColours[node.sector] ?? this.palette[7];
  }

  size(node) {
    const values = { degree: node.degreeNow, betweenness: node.betweenness, participations: node.participations };
    const value = values[this.sizeBy] / this.largest;
    return this.isLarge ? 1 + 9 * Math.sqrt(value) : 2.5 + 10 * value;
  }

  refresh() {
    const values = this.model.nodes.map((node) =>
      this.sizeBy === "degree" ? node.degreeNow : this.sizeBy === "betweenness" ? node.betweenness : node.participations,
    );
    this.largest = Math.max(1e-9, ...values);
    const focus = this.selected ?? this.hovered;
    this.around = focus === null ? null : this.model.surroundings(focus, this.selected === null ? 1 : this.steps);
    this.renderer?.refresh({ skipIndexation: true });
  }

  reduceNode(index, attributes) {
    const node = this.model.nodes[index];
    if (!node.shown) return { ...attributes, hidden: true };
    const drawn = { ...attributes, color: this.colour(node), size: this.size(node) };
    if (this.around === null) return drawn;
    if (!this.around.has(index)) return { ...drawn, color: this.pale, label: "", zIndex: 0 };
    const isFocus = index === (this.selected ?? this.hovered);
    return { ...drawn, zIndex: 2, forceLabel: this.around.size < 40 || isFocus, highlighted: isFocus };
  }

  reduceTie(index, attributes) {
    const tie = this.model.ties[index];
    if (!tie.now) return { ...attributes, hidden: true };
    const drawn = { ...attributes, color: this.tieColour, size: Math.min(5, 0.5 + tie.now) };
    if (this.around === null) return drawn;
    if (!this.around.has(tie.source) || !this.around.has(tie.target)) return { ...drawn, hidden: true };
    const focus = this.selected ?? this.hovered;
    const isOwn = tie.source === focus || tie.target === focus;
    if (isOwn) return { ...drawn, color: this.primary, size: Math.min(5, 0.8 + tie.now * 0.6), zIndex: 1 };
    // One step around an actor shows its own ties only; from two steps on, how the others hang together as well.
    return this.steps === 1 ? { ...drawn, hidden: true } : drawn;
  }

  // A label with an edge in the page's own colour: readable above ties and other actors.
  drawLabel(context, data, settings) {
    if (!data.label) return;
    const [x, y] = [data.x + data.size + 3, data.y + settings.labelSize / 3];
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.plate;
    context.strokeText(data.label, x, y);
    context.fillStyle = this.ink;
    context.fillText(data.label, x, y);
  }

  // A label on a plate of the page's own colour, so that it can be read above the ties in light and dark.
  drawHalo(context, data, settings) {
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const width = context.measureText(data.label).width;
    const x = data.x + data.size + 3;
    context.fillStyle = this.plate;
    context.globalAlpha = 0.92;
    context.fillRect(x - 3, data.y - settings.labelSize / 2 - 4, width + 8, settings.labelSize + 8);
    context.globalAlpha = 1;
    context.fillStyle = this.ink;
    context.fillText(data.label, x, data.y + settings.labelSize / 3);
    context.strokeStyle = this.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 1.5, 0, Math.PI * 2);
    context.stroke();
  }

  hover(index) {
    this.hovered = index;
    if (this.selected === null) this.refresh();
  }

  select(index) {
    this.selected = index;
    this.refresh();
    if (index !== null) this.centre(index);
  }

  centre(index) {
    const place = this.renderer.getNodeDisplayData(String(index));
    const camera = this.renderer.getCamera();
    if (!place) return;
    const target = { x: place.x, y: place.y, ratio: Math.min(0.6, camera.ratio) };
    if (isStill()) camera.setState({ ...camera.getState(), ...target });
    else camera.animate(target, { duration: 300 });
  }

  zoom(factor) {
    const camera = this.renderer.getCamera();
    camera.setState({ ...camera.getState(), ratio: camera.ratio * factor });
  }

  reset() {
    this.renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
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
    if (!move) return;
    event.preventDefault();
    camera.setState({ ...camera.getState(), ...move });
  }

  changeTheme() {
    this.readTheme();
    this.renderer.setSetting("labelColor", { color: this.ink });
    this.renderer.setSetting("defaultEdgeColor", this.tieColour);
    this.refresh();
  }
}
