// What the tables beside the picture show of actors and of ties.
import { decimal, element, whole, words } from "./words.js";

const orDash = (value, say) => (value === null || value === undefined ? "–" : say(value));
const figure = (key, say, more = {}) => ({
  key,
  value: (node, { model }) => model.figure(node, key),
  shown: (node, { model }) => orDash(model.figure(node, key), say),
  ...more,
});

export function actorColumns({ loss }) {
  const columns = [
    { key: "label", isText: true, value: (node) => node.label },
    {
      key: "sector",
      isText: true,
      value: (node, { model }) => model.sectorLabels.get(node.sector) ?? "",
      isMore: true,
    },
    figure("degree", whole),
    figure("strength", decimal),
    figure("betweenness", (value) => decimal(value, 3)),
    figure("harmonic", (value) => decimal(value, 2), { isMore: true }),
    figure("constraint", (value) => decimal(value, 2), { isMore: true }),
    figure("core", whole, { isMore: true }),
    figure("participations", whole),
    { key: "since", isMore: true, value: (node) => node.since, shown: (node) => orDash(node.since, String) },
    { key: "last", isMore: true, value: (node) => node.last, shown: (node) => orDash(node.last, String) },
  ];
  if (loss)
    columns.splice(3, 0, {
      key: "lost",
      value: (node) => loss.lostOf[node.index],
      shown: (node) => whole(loss.lostOf[node.index]),
    });
  return columns;
}

export function tieColumns() {
  return [
    { key: "tieFrom", isText: true, isTie: true, value: (tie, { model }) => model.nodes[tie.source].label },
    { key: "tieTo", isText: true, isTie: true, value: (tie, { model }) => model.nodes[tie.target].label },
    {
      key: "tieKinds",
      isText: true,
      value: (tie, { model }) =>
        model
          .kindsOfTie(tie)
          .map((kind) => kind.label)
          .join(", "),
    },
    {
      key: "strength",
      value: (tie, { model }) => model.now.strength[tie.index],
      shown: (tie, { model }) => decimal(model.now.strength[tie.index], 2),
    },
    {
      key: "tieCount",
      value: (tie, { model }) => model.now.count[tie.index],
      shown: (tie, { model }) => whole(model.now.count[tie.index]),
    },
  ];
}

// One sentence for each measure, in the order of the table's columns.
export const MEASURES = [
  "degree",
  "strength",
  "betweenness",
  "harmonic",
  "constraint",
  "core",
  "participations",
  "community",
];

export function measureList() {
  return [...MEASURES, "bridging"].flatMap((key) => [
    element("dt", { text: words(key === "community" ? "communityWord" : key) }),
    element("dd", { id: `about-${key}`, text: words(`${key}Help`) }),
  ]);
}
