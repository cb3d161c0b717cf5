// Stored places lie in a square. A picture that is wider or higher stretches them to its own shape, up to a limit
// beyond which near and far would mislead. The same shape always gives the same places.
export const PADDING = 28;
const [NARROWEST, WIDEST] = [0.6, 1.8];
const STEP = 0.01;

// How much wider than high the places are drawn; 1 while the picture stands hidden.
export function stretchOf({ clientWidth, clientHeight }) {
  const [width, height] = [clientWidth - 2 * PADDING, clientHeight - 2 * PADDING];
  if (width <= 0 || height <= 0) return 1;
  return Math.min(WIDEST, Math.max(NARROWEST, Math.round(width / height / STEP) * STEP));
}

export function stretchGraph(graph, model, stretch) {
  graph.updateEachNodeAttributes((node, attributes) => ({ ...attributes, x: model.nodes[Number(node)].x * stretch }), {
    attributes: ["x"],
  });
}
