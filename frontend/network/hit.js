// Which tie lies under the pointer. Ties are often thinner than a hand is steady, so a few points beside count too.

const REACH = 6;
const NEAR = 0.5;

export function tieAt(view, point) {
  const { renderer, model } = view;
  const places = new Map();
  const place = (index) => {
    if (!places.has(index))
      places.set(index, renderer.framedGraphToViewport(renderer.getNodeDisplayData(String(index))));
    return places.get(index);
  };
  // In a crowd the pale ties cannot be aimed at; they can once few are shown, or from near by.
  const isAll = view.around !== null || renderer.getCamera().ratio < NEAR || model.now.ties <= model.nodes.length * 2;
  let [best, least] = [null, REACH];
  for (const tie of model.ties) {
    if (!model.now.strength[tie.index] || (!isAll && view.looks.isFaint(tie))) continue;
    if (renderer.getEdgeDisplayData(String(tie.index)).hidden) continue;
    const distance = distanceTo(point, place(tie.source), place(tie.target));
    if (distance < least) [best, least] = [tie.index, distance];
  }
  return best;
}

function distanceTo({ x, y }, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = dx || dy ? ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy) : 0;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
