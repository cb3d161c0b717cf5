// What falls apart when actors are taken out. Who could hold it together is a figure, and comes from the server.

export function lossOf(model) {
  const [before, after] = [model.before(), model.now];
  const removed = model.nodes.filter((node) => before.shown[node.index] && !after.shown[node.index]);
  const alone = new Set(before.groups.isolated.map((node) => node.index));
  return {
    before,
    after,
    removed,
    newlyIsolated: after.groups.isolated.filter((node) => !alone.has(node.index)),
    lostTies: before.ties - after.ties,
    // Ties each actor lost: what the table shows while somebody is taken out.
    lostOf: model.nodes.map((node) => before.degree[node.index] - after.degree[node.index]),
    split: fallenApart(model, before, after),
  };
}

// Connected groups of which the remaining members no longer hang together: in several pieces, or each alone.
function fallenApart(model, before, after) {
  const pieces = new Map();
  for (const { index } of model.nodes) {
    const group = before.groups.of[index];
    if (group < 0 || !after.shown[index]) continue;
    if (!pieces.has(group)) pieces.set(group, { left: 0, parts: new Set() });
    const found = pieces.get(group);
    found.left += 1;
    if (after.groups.of[index] >= 0) found.parts.add(after.groups.of[index]);
  }
  return [...pieces.values()].filter(({ left, parts }) => parts.size > 1 || (left > 1 && parts.size === 0)).length;
}
