// What of the network is visible: years, kinds of ties, sectors, with and without the office.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lossOf } from "../../frontend/network/loss.js";
import { NetworkModel } from "../../frontend/network/model.js";
import { pathBetween } from "../../frontend/network/paths.js";
import { initial } from "../../frontend/network/settings.js";

const [ATTENDANCE, ORGANISING, CONTACT] = [0, 1, 2];
const KINDS = [
  { code: "attendance", default: true, strong: false },
  { code: "organising", default: true, strong: true },
  { code: "contact", default: false, strong: false },
];
const [AT_OFFICE, BY_OFFICE] = [1, 2];
const [OFFICE, CLUB, SCHOOL, CHURCH, ALONE] = [0, 1, 2, 3, 4];
const NAMES = ["Büro", "Verein", "Schule", "Kirche", "Solo"];
const [EVER, UNDATED] = [
  [null, null],
  [0, 0],
];

// One part of a tie: kind, years, strength, records, and what it has to do with the office.
const part = (kind, [from, until], share = 1, office = 0) => [kind, from, until, share, 1, office];
const year = (from, until = from) => [from, until];

function network(edges, settings = {}, meta = { years: [2010, 2020] }) {
  const sectors = ["state", "civil", "education", "civil", "civil"];
  const nodes = NAMES.map((label, index) => ({
    id: index + 10,
    label,
    sector: sectors[index],
    is_office: index === OFFICE,
    participations: index,
  }));
  const data = { nodes, edges, kinds: KINDS, sectors: [{ code: "civil", label: "Zivil" }], topics: [], meta };
  return new NetworkModel(data, { ...initial(), ...settings });
}

const look = (model) =>
  model.shownTies().map(({ index }) => [index, model.now.strength[index], model.now.count[index]]);
const names = (nodes) => nodes.map(({ index }) => NAMES[index]);

const MET = [CLUB, SCHOOL, [part(ATTENDANCE, year(2012), 0.5), part(ATTENDANCE, year(2018), 0.25)]];
const LATER = [SCHOOL, CHURCH, [part(ATTENDANCE, year(2019), 1)]];

test("strength and records of a tie are those of its parts", () => {
  const model = network([MET, LATER]);
  assert.deepEqual(look(model), [
    [0, 0.75, 2],
    [1, 1, 1],
  ]);
  assert.deepEqual([...model.now.degree], [0, 1, 2, 1, 0]);
  assert.deepEqual([...model.now.total], [0, 0.75, 1.75, 1, 0]);
  assert.equal(model.now.ties, 2);
});

test("of a period, its first and its last year count", () => {
  const edges = [MET, LATER];
  const of = (from, until) => look(network(edges, { from, until })).map(([index, strength]) => [index, strength]);
  assert.deepEqual(of(2012, 2012), [[0, 0.5]]);
  assert.deepEqual(of(2013, 2017), []);
  assert.deepEqual(of(2018, 2019), [
    [0, 0.25],
    [1, 1],
  ]);
  assert.deepEqual(of(1900, 2012), [[0, 0.5]]);
});

test("a period that begins before the first year and ends after the last is the whole time", () => {
  const model = network([MET]);
  assert.deepEqual(model.period({ from: 1990, until: 2050 }), [2010, 2020]);
  assert.deepEqual(
    [
      model.isWholePeriod({ from: null, until: null }),
      model.isWholePeriod({ from: 2010, until: 2020 }),
      model.isWholePeriod({ from: 2011, until: 2020 }),
      model.isWholePeriod({ from: 2010, until: 2019 }),
    ],
    [true, true, false, false],
  );
});

test("what has no end goes on, what has no day belongs to the whole time only", () => {
  const edges = [
    [CLUB, SCHOOL, [part(ATTENDANCE, [2015, null])]],
    [SCHOOL, CHURCH, [part(ATTENDANCE, UNDATED)]],
    [CLUB, CHURCH, [part(ATTENDANCE, EVER)]],
  ];
  const seen = (settings) => look(network(edges, settings)).map(([index]) => index);
  assert.deepEqual(seen({}), [0, 1, 2]);
  assert.deepEqual(seen({ from: 2010, until: 2014 }), [2]);
  assert.deepEqual(seen({ from: 2016, until: 2020 }), [0, 2]);
});

test("whoever organised together was there together: the meeting is not counted twice", () => {
  const edges = [[CLUB, SCHOOL, [part(ATTENDANCE, year(2012)), part(ORGANISING, year(2012))]]];
  const model = network(edges);
  assert.deepEqual(look(model), [[0, 1, 1]]);
  assert.deepEqual(
    model.kindsOfTie(model.ties[0]).map(({ code }) => code),
    ["organising", "attendance"],
  );
  assert.equal(model.isStrong(model.ties[0]), true);
  assert.deepEqual(look(network(edges, { kinds: new Set(["organising"]) })), [[0, 1, 1]]);
});

test("a tie that is only organised is not seen while attendance is asked for as well", () => {
  const edges = [[CLUB, SCHOOL, [part(ORGANISING, year(2012))]]];
  assert.deepEqual(look(network(edges)), []);
  assert.deepEqual(look(network(edges, { kinds: new Set(["organising"]) })), [[0, 1, 1]]);
});

test("kinds that are not usual are there when chosen; none chosen is none", () => {
  const edges = [[CLUB, SCHOOL, [part(CONTACT, year(2012))]]];
  assert.deepEqual(look(network(edges)), []);
  const model = network(edges, { kinds: new Set(["contact"]) });
  assert.deepEqual([look(model), model.isStrong(model.ties[0])], [[[0, 1, 1]], false]);
  assert.deepEqual(look(network([MET], { kinds: new Set() })), []);
});

test("a tie as strong as the least asked for is seen, a weaker one is not", () => {
  const seen = (minimum) => look(network([MET, LATER], { minimum })).map(([index]) => index);
  assert.deepEqual([seen(0.75), seen(0.76), seen(1.01)], [[0, 1], [1], []]);
  // Sums of shares miss by the last digit: 0.7 + 0.1 is a little less than 0.8.
  const shares = [[CLUB, SCHOOL, [part(ATTENDANCE, EVER, 0.7), part(ATTENDANCE, EVER, 0.1)]]];
  assert.equal(look(network(shares, { minimum: 0.8 })).length, 1);
});

const AROUND_THE_OFFICE = [
  [OFFICE, CLUB, [part(ATTENDANCE, year(2012), 1, AT_OFFICE)]],
  [CLUB, SCHOOL, [part(ATTENDANCE, year(2013), 1, BY_OFFICE)]],
  [SCHOOL, CHURCH, [part(ATTENDANCE, year(2014))]],
];

test("without the office its own ties go, and cancelled its events as well", () => {
  const seen = (office) => look(network(AROUND_THE_OFFICE, { office })).map(([index]) => index);
  assert.deepEqual([seen("with"), seen("without"), seen("cancelled")], [[0, 1, 2], [1, 2], [2]]);
});

test("the office that is gone is not drawn, unless it has ties of a time when it was like others", () => {
  const shown = (edges, office) => names(network(edges, { office }).shownNodes());
  assert.deepEqual(shown(AROUND_THE_OFFICE, "with"), NAMES);
  assert.deepEqual(shown(AROUND_THE_OFFICE, "without"), NAMES.slice(1));
  const before = [[OFFICE, CLUB, [part(ATTENDANCE, year(2011))]]];
  assert.deepEqual(shown(before, "without"), NAMES);
});

test("what falls apart without the office is what hung together with it", () => {
  const loss = lossOf(network(AROUND_THE_OFFICE, { office: "cancelled" }));
  assert.deepEqual(
    [names(loss.removed), names(loss.newlyIsolated), loss.lostTies, loss.lostOf, loss.split],
    [["Büro"], ["Verein"], 2, [1, 2, 1, 0, 0], 0],
  );
});

test("actors taken out take their ties along, and sectors that are not asked for do, too", () => {
  const out = network([MET, LATER], { without: new Set([SCHOOL + 10]) });
  assert.deepEqual([look(out), names(out.shownNodes())], [[], ["Büro", "Verein", "Kirche", "Solo"]]);
  assert.equal(out.isReduced, true);
  assert.equal(out.before().ties, 2);
  const civil = network([MET, LATER, [CLUB, CHURCH, [part(ATTENDANCE, year(2012))]]], { sectors: new Set(["civil"]) });
  assert.deepEqual([look(civil), names(civil.shownNodes())], [[[2, 1, 1]], ["Verein", "Kirche", "Solo"]]);
  assert.equal(civil.isReduced, false);
});

test("groups are those who can reach each other, the largest first; alone is who has no tie", () => {
  const edges = [
    [OFFICE, ALONE, [part(ATTENDANCE, year(2012))]],
    [CLUB, SCHOOL, [part(ATTENDANCE, year(2012))]],
    [SCHOOL, CHURCH, [part(ATTENDANCE, year(2012))]],
  ];
  const { groups } = network(edges).now;
  assert.deepEqual([[...groups.of], groups.sizes, groups.isolated], [[1, 0, 0, 0, 1], [3, 2], []]);
  const fewer = network(edges.slice(1)).now.groups;
  assert.deepEqual([[...fewer.of], fewer.sizes, names(fewer.isolated)], [[-1, 0, 0, 0, -1], [3], ["Büro", "Solo"]]);
});

test("surroundings are all within so many steps, and no further", () => {
  const model = network(AROUND_THE_OFFICE);
  const around = (steps) => [...model.surroundings(OFFICE, steps)].sort();
  assert.deepEqual([around(0), around(1), around(2), around(9)], [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]);
});

test("the shortest way has the fewest steps, and among equal ones the strongest ties", () => {
  const model = network([
    [OFFICE, CLUB, [part(ATTENDANCE, EVER, 1)]],
    [CLUB, CHURCH, [part(ATTENDANCE, EVER, 1)]],
    [OFFICE, SCHOOL, [part(ATTENDANCE, EVER, 1)]],
    [SCHOOL, CHURCH, [part(ATTENDANCE, EVER, 2)]],
  ]);
  const { nodes, ties } = pathBetween(model, OFFICE, CHURCH);
  assert.deepEqual(
    [nodes, ties.map(({ index }) => index)],
    [
      [OFFICE, SCHOOL, CHURCH],
      [2, 3],
    ],
  );
  assert.equal(pathBetween(model, OFFICE, ALONE), null);
});

test("a tie is found from both its ends, and only while it is visible", () => {
  const model = network([MET]);
  assert.deepEqual([model.tieBetween(CLUB, SCHOOL)?.index, model.tieBetween(SCHOOL, CLUB)?.index], [0, 0]);
  assert.equal(model.tieBetween(CLUB, CHURCH), null);
  model.update({ ...initial(), from: 2013, until: 2017 });
  assert.equal(model.tieBetween(CLUB, SCHOOL), null);
});

test("figures are those of what is drawn, and the server's where the picture leaves out ties", () => {
  const model = network([MET, LATER]);
  const school = model.nodes[SCHOOL];
  assert.deepEqual([model.figure(school, "degree"), model.figure(school, "betweenness")], [2, null]);
  school.figures = { degree: 9, strength: 4.5, betweenness: 0.3 };
  assert.deepEqual(
    ["degree", "strength", "betweenness", "participations"].map((name) => model.figure(school, name)),
    [2, 1.75, 0.3, SCHOOL],
  );
  model.meta.bounded = "The 5,000 strongest ties";
  assert.deepEqual([model.figure(school, "degree"), model.figure(school, "strength")], [9, 4.5]);
});

test("years can be played where there is more than one", () => {
  const years = (bounds) => network([MET], {}, { years: bounds }).hasYears;
  assert.deepEqual([years([2010, 2020]), years([2010, 2010]), years(undefined)], [true, false, false]);
});
