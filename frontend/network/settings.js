// What somebody has chosen to see, and the address that says the same: opening it restores everything.
//
// In the address stands only what differs from the start, so that links stay short. `null` is "not chosen": the
// whole period, the usual kinds of ties, every sector.

const LISTS = ["types", "roles", "topics"];
const ONE_OF = {
  office: ["with", "without", "cancelled"],
  colour: ["sector", "community", "topic"],
  size: ["degree", "betweenness", "participations"],
  backbone: ["", "0.05", "0.01", "0.1"],
  preset: ["", "bridges", "missing", "office", "new"],
};
// What the server has to be asked for anew; all else the page works out by itself.
const ASKED = ["types", "roles", "topics", "countFor", "backbone"];
const NOTHING = "none";

export function initial() {
  return {
    from: null,
    until: null,
    kinds: null,
    sectors: null,
    types: new Set(),
    roles: new Set(),
    topics: new Set(),
    countFor: false,
    backbone: "",
    minimum: 0,
    office: "with",
    without: new Set(),
    isolates: true,
    colour: "sector",
    size: "degree",
    actor: null,
    steps: 1,
    target: null,
    compare: null,
    preset: "",
    since: null,
  };
}

// What a question sets; what else is chosen stays.
export const QUESTIONS = {
  bridges: { colour: "community", size: "betweenness" },
  missing: { colour: "sector", size: "participations", from: null, until: null, isolates: true },
  office: { colour: "sector", size: "degree", office: "cancelled", isolates: true },
  new: { colour: "sector", size: "degree", from: null, until: null, isolates: true },
};

export const needsServer = (patch) => Object.keys(patch).some((name) => ASKED.includes(name));

const number = (text) => (text !== null && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null);
const year = (text) => (number(text) !== null && /^\d{4}$/.test(text) ? number(text) : null);

// "2008,2018" or "2003-2008,2009-2018": the two periods side by side.
function periods(text) {
  const sides = (text ?? "").split(",").map((side) => side.split("-").map(year));
  if (sides.length !== 2 || sides.flat().includes(null)) return null;
  return sides.map(([first, last]) => [first, last ?? first]).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
}

function chosen(query, name) {
  const values = query.getAll(name).filter(Boolean);
  return values.length ? new Set(values.filter((value) => value !== NOTHING)) : null;
}

export function fromAddress(search) {
  const query = new URLSearchParams(search);
  // A link that names nothing but the question asks it like the button does.
  const settings = { ...initial(), ...QUESTIONS[query.get("preset")] };
  const bounds = [year(query.get("from_year")), year(query.get("until_year"))];
  [settings.from, settings.until] = bounds[0] && bounds[1] ? bounds.sort((a, b) => a - b) : bounds;
  for (const name of LISTS) settings[name] = chosen(query, name) ?? new Set();
  for (const name of ["kinds", "sectors"]) settings[name] = chosen(query, name);
  for (const [name, values] of Object.entries(ONE_OF)) {
    if (values.includes(query.get(name))) settings[name] = query.get(name);
  }
  settings.countFor = query.get("count_for") === "organisation";
  settings.minimum = Math.max(0, number(query.get("minimum")) ?? 0);
  settings.without = new Set((query.get("without") ?? "").split(",").map(number).filter(Number.isInteger));
  settings.isolates = query.get("isolates") !== "hide";
  settings.actor = number(query.get("actor"));
  settings.target = number(query.get("target"));
  settings.steps = Math.min(3, Math.max(1, number(query.get("steps")) ?? 1));
  settings.compare = periods(query.get("compare"));
  settings.since = year(query.get("since"));
  return settings;
}

const span = ([first, last]) => (first === last ? String(first) : `${first}-${last}`);

// What the server understands as well: exports, figures and links carry all of it.
export function toQuery(settings) {
  const query = new URLSearchParams();
  if (settings.from !== null) query.set("from_year", settings.from);
  if (settings.until !== null) query.set("until_year", settings.until);
  for (const name of ["kinds", "sectors"]) {
    if (settings[name] === null) continue;
    for (const value of settings[name].size ? settings[name] : [NOTHING]) query.append(name, value);
  }
  for (const name of LISTS) for (const value of settings[name]) query.append(name, value);
  if (settings.countFor) query.set("count_for", "organisation");
  if (settings.backbone) query.set("backbone", settings.backbone);
  if (settings.minimum > 0) query.set("minimum", settings.minimum);
  if (settings.office !== "with") query.set("office", settings.office);
  if (settings.without.size) query.set("without", [...settings.without].join(","));
  if (!settings.isolates) query.set("isolates", "hide");
  return query;
}

// The page's own address. A hidden actor's number holds only for this visit and is left out.
export function toAddress(settings) {
  const lasting = { ...settings, without: new Set([...settings.without].filter((id) => id > 0)) };
  const query = toQuery(lasting);
  const start = { ...initial(), ...QUESTIONS[settings.preset], preset: "" };
  for (const name of ["colour", "size", "preset", "since"]) {
    if (settings[name] !== start[name]) query.set(name, settings[name]);
  }
  if (settings.actor > 0) query.set("actor", settings.actor);
  if (settings.actor > 0 && settings.steps !== 1) query.set("steps", settings.steps);
  if (settings.actor > 0 && settings.target > 0) query.set("target", settings.target);
  if (settings.compare) query.set("compare", settings.compare.map(span).join(","));
  return query;
}
