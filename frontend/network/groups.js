// Connected groups of actors: who can be reached from whom.

// `of[index]` is the number of an actor's group, `sizes` their sizes, the largest first; `isolated` are alone.
export function groupsOf(model, look) {
  const parent = Int32Array.from(model.nodes, (node) => node.index);
  const root = (index) => {
    while (parent[index] !== index) {
      parent[index] = parent[parent[index]];
      index = parent[index];
    }
    return index;
  };
  for (const tie of model.ties) {
    if (look.strength[tie.index]) parent[root(tie.source)] = root(tie.target);
  }
  const members = new Map();
  const isolated = [];
  for (const node of model.nodes) {
    if (!look.shown[node.index]) continue;
    if (look.degree[node.index] === 0) isolated.push(node);
    else if (members.has(root(node.index))) members.get(root(node.index)).push(node.index);
    else members.set(root(node.index), [node.index]);
  }
  const groups = [...members.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  const of = new Int32Array(model.nodes.length).fill(-1);
  groups.forEach((group, number) => group.forEach((index) => (of[index] = number)));
  return { of, sizes: groups.map((group) => group.length), isolated };
}
