// Who is selected, and with whom: the words beside the picture.
import { decimal, element, whole, words } from "./words.js";

const LONGEST = 15;

export function showSelection(box, model, index, onSelect) {
  if (index === null) {
    box.replaceChildren(element("p", { className: "sub", text: words("nothingSelected") }), ...bridges(model, onSelect));
    return;
  }
  const node = model.nodes[index];
  const others = [...model.neighbours[index]].sort((a, b) => b.strength - a.strength);
  const sector = model.sectors.find((entry) => entry.code === node.sector)?.label ?? "";
  const title = element("h2", { className: "h5 mb-1" });
  title.append(node.url ? element("a", { href: node.url, text: node.label }) : node.label);
  box.replaceChildren(
    title,
    element("p", { className: "sub", text: `${sector} · ${words("tiesOf", { count: whole(others.length) })}` }),
    facts(node),
    neighbourList(model, others.slice(0, LONGEST), onSelect),
  );
  if (others.length > LONGEST) {
    box.append(element("p", { className: "sub mb-0", text: words("andMore", { count: whole(others.length - LONGEST) }) }));
  }
}

// While nobody is selected: the actors who connect groups, as a first question to the picture.
function bridges(model, onSelect) {
  const top = model.nodes.filter((node) => node.shown && node.betweenness > 0);
  top.sort((a, b) => b.betweenness - a.betweenness);
  if (!top.length) return [];
  const list = element("ul", { className: "list-unstyled mb-0 network-neighbours" });
  for (const node of top.slice(0, 10)) {
    const button = element("button", { type: "button", className: "btn btn-link p-0 text-start", text: node.label });
    button.addEventListener("click", () => onSelect(node.index));
    list.append(element("li", {}, button, element("span", { className: "cnt", text: decimal(node.betweenness, 3) })));
  }
  return [element("h2", { className: "h6", text: words("bridges"), title: words("betweennessHelp") }), list];
}

function facts(node) {
  const list = element("dl", { className: "facts" });
  const rows = [
    ["strength", decimal(node.strengthNow)],
    ["betweenness", decimal(node.betweenness, 3)],
    ["participations", whole(node.participations)],
  ];
  for (const [key, value] of rows) {
    list.append(element("dt", { text: words(key), title: words(`${key}Help`) }), element("dd", { text: value }));
  }
  return list;
}

function neighbourList(model, others, onSelect) {
  const list = element("ul", { className: "list-unstyled mb-2 network-neighbours" });
  for (const other of others) {
    const node = model.nodes[other.index];
    const button = element("button", { type: "button", className: "btn btn-link p-0 text-start", text: node.label });
    button.addEventListener("click", () => onSelect(other.index));
    list.append(
      element("li", {}, button, element("span", { className: "cnt", text: decimal(other.strength) })),
    );
  }
  return list;
}

// The sentence that says what the picture shows, and what would be lost without the office.
export function showSummary(box, model) {
  const { actors, ties, groups, isolated } = model.summary;
  const line = words("summary", {
    actors: whole(actors),
    ties: whole(ties),
    groups: whole(groups),
    isolated: whole(isolated.length),
  });
  box.replaceChildren(element("p", { className: "mb-0", text: line }));
  if (!model.withOffice) box.append(officeLoss(model));
}

function officeLoss(model) {
  const loss = model.withoutOffice();
  const share = loss.before.ties ? Math.round((100 * loss.lostTies) / loss.before.ties) : 0;
  const line = words("officeLoss", {
    ties: whole(loss.lostTies),
    share: whole(share),
    before: whole(loss.before.groups),
    after: whole(loss.after.groups),
    isolated: whole(loss.newlyIsolated.length),
  });
  const names = loss.newlyIsolated.slice(0, 8).map((node) => node.label);
  const more = loss.newlyIsolated.length > names.length ? " …" : "";
  const box = element("p", { className: "mb-0 mt-1" }, element("strong", { text: line }));
  if (names.length) box.append(` ${words("newlyIsolated")} ${names.join(", ")}${more}`);
  return box;
}
