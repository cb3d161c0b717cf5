// The shortest way between two actors: the fewest steps, and among equally short ones the strongest ties.

export function pathBetween(model, from, to) {
  const best = new Map([[from, { strength: 0, via: null }]]);
  let edge = [from];
  while (edge.length && !best.has(to)) {
    const next = new Map();
    for (const at of edge) {
      for (const { index, tie } of model.neighbours[at]) {
        if (best.has(index)) continue;
        const strength = best.get(at).strength + model.now.strength[tie.index];
        if (!next.has(index) || next.get(index).strength < strength) next.set(index, { strength, via: { at, tie } });
      }
    }
    next.forEach((value, index) => best.set(index, value));
    edge = [...next.keys()];
  }
  if (!best.has(to)) return null;
  const path = { nodes: [to], ties: [] };
  for (let step = best.get(to).via; step; step = best.get(step.at).via) {
    path.nodes.unshift(step.at);
    path.ties.unshift(step.tie);
  }
  return path;
}
