// What falls apart when actors are taken out, and who could hold it together instead.

const MOST_BRIDGES = 5;

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
    ...bridging(model, removed, before),
  };
}

// Parts: the pieces, single actors included, into which the former neighbours of what was taken out now fall.
// A former neighbour could bridge to a part in which somebody works on the same topic. Where nothing falls apart,
// those are named who still have ties to most of the other former neighbours.
function bridging(model, removed, before) {
  const gone = new Set(removed.map((node) => node.index));
  const former = new Set();
  for (const tie of model.ties) {
    if (!before.strength[tie.index]) continue;
    if (gone.has(tie.source) && !gone.has(tie.target)) former.add(tie.target);
    if (gone.has(tie.target) && !gone.has(tie.source)) former.add(tie.source);
  }
  const left = [...former].filter((index) => model.now.shown[index]);
  const part = (index) => (model.now.groups.of[index] >= 0 ? model.now.groups.of[index] : -1 - index);
  const parts = new Set(left.map(part));
  const isSplit = parts.size > 1;
  const reach = isSplit ? reachByTopics(model, left, part, parts) : reachByTies(model, former);
  const bridges = left
    .map((index) => ({ node: model.nodes[index], reach: reach(index) }))
    .filter((entry) => entry.reach > 0)
    .sort((a, b) => b.reach - a.reach || model.now.degree[b.node.index] - model.now.degree[a.node.index] || a.node.index - b.node.index);
  return { parts: parts.size, former: left.length, bridges: bridges.slice(0, MOST_BRIDGES), isSplit };
}

function reachByTopics(model, left, part, parts) {
  const topicsOf = new Map([...parts].map((key) => [key, new Set()]));
  for (const node of model.nodes) {
    if (model.now.shown[node.index] && topicsOf.has(part(node.index))) {
      node.topics.forEach((topic) => topicsOf.get(part(node.index)).add(topic));
    }
  }
  return (index) => {
    const own = model.nodes[index].topics;
    const others = [...topicsOf].filter(([key, topics]) => key !== part(index) && own.some((topic) => topics.has(topic)));
    return others.length;
  };
}

function reachByTies(model, former) {
  return (index) => model.neighbours[index].filter((other) => former.has(other.index)).length;
}
