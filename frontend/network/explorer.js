// Holds together what is chosen, what is visible, and everything on the page that shows it.

import { mayBeTyping } from "../typing.js";
import { Chooser } from "./chooser.js";
import { Compare } from "./compare.js";
import { Controls } from "./controls.js";
import { Exports } from "./exports.js";
import { Figures } from "./figures.js";
import { Lasso } from "./lasso.js";
import { Legend } from "./legend.js";
import { Looks } from "./looks.js";
import { lossOf } from "./loss.js";
import { Marks } from "./marks.js";
import { NetworkModel } from "./model.js";
import { Overview } from "./overview.js";
import { Panel } from "./panel.js";
import { pathBetween } from "./paths.js";
import { Period } from "./period.js";
import { Presets } from "./presets.js";
import { needsServer, toAddress } from "./settings.js";
import { Summary } from "./summary.js";
import { Tables } from "./tables.js";
import { NetworkView } from "./view.js";
import { one, words } from "./words.js";

export class Explorer {
  constructor(root, server, settings, data) {
    this.root = root;
    this.server = server;
    this.settings = settings;
    this.marked = new Set();
    this.tie = null;
    this.data = data;
    this.model = new NetworkModel(data, settings);
    this.looks = new Looks(this.model);
    this.view = null;
    this.overview = new Overview(this);
  }

  async start() {
    this.parts = [
      Presets,
      Controls,
      Period,
      Chooser,
      Legend,
      Summary,
      Panel,
      Marks,
      Tables,
      Compare,
      Lasso,
      Exports,
      Figures,
    ].map((Part) => new Part(this));
    this.tables = this.parts.find((part) => part instanceof Tables);
    this.figures = this.parts.find((part) => part instanceof Figures);
    if (this.overview.isPictureWise()) await this.startPicture();
    document.addEventListener("keydown", (event) => this.onKey(event));
    new MutationObserver(() => this.changeTheme()).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-bs-theme"],
    });
    this.apply();
    if (this.path) this.view?.fit(this.path.nodes);
    else if (this.selected) this.view?.centre(this.selected.index);
    this.root.dataset.ready = "true";
    performance.mark("network-ready");
  }

  async startPicture() {
    this.view = new NetworkView(this.model, this.looks, one("#network-graph"), {
      selectNode: (index, isSecond) => this.pick(index, isSecond),
      selectTie: (index) => this.selectTie(index),
      selectNothing: () => this.select(null),
    });
    await this.view.start();
  }

  get selected() {
    return this.model.byId.get(this.settings.actor) ?? null;
  }

  get target() {
    return this.model.byId.get(this.settings.target) ?? null;
  }

  say(text) {
    one("#network-live").textContent = text;
  }

  // Everything that changes goes through here; several changes within one frame are drawn once.
  change(patch) {
    const isAsked = needsServer(patch);
    if ("preset" in patch === false && this.settings.preset && !onlyLooking(patch))
      patch = { ...patch, preset: "", since: null };
    Object.assign(this.settings, patch);
    if (isAsked) this.reload();
    else this.schedule();
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => this.apply());
  }

  async reload() {
    this.root.dataset.ready = "asking";
    let data;
    try {
      data = await this.server.data(this.settings);
    } catch (error) {
      this.showProblem(error.message || words("notLoaded"));
      return;
    }
    if (!data) return;
    this.showProblem("");
    this.data = data;
    this.model = new NetworkModel(data, this.settings);
    this.looks.setModel(this.model);
    this.tie = null;
    if (this.view) this.view.setModel(this.model);
    this.apply();
    this.root.dataset.ready = "true";
  }

  showProblem(text) {
    const box = one("#network-status");
    box.hidden = !text;
    box.textContent = text;
  }

  apply() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.model.update(this.settings);
    this.loss = this.model.isReduced ? lossOf(this.model) : null;
    if (this.selected && !this.model.now.shown[this.selected.index]) this.settings.actor = this.settings.target = null;
    if (this.tie !== null && !this.model.now.strength[this.tie]) this.tie = null;
    this.path = this.selected && this.target ? pathBetween(this.model, this.selected.index, this.target.index) : null;
    this.looks.update();
    this.parts.forEach((part) => part.draw());
    this.overview.draw();
    this.drawPicture();
    const query = String(toAddress(this.settings));
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
  }

  drawPicture() {
    const marked = [...this.marked].map((id) => this.model.byId.get(id)?.index).filter((index) => index !== undefined);
    this.view?.refresh({
      node: this.selected?.index ?? null,
      steps: this.settings.steps,
      tie: this.tie,
      path: this.path,
      marked: new Set(marked),
      emphasis: this.answer?.emphasis ?? null,
    });
  }

  changeTheme() {
    this.looks.readTheme();
    this.apply();
  }

  // Shift+click, or choosing while the way to somebody is asked for, names the second actor.
  pick(index, isSecond = false) {
    if (isSecond && this.selected && index !== this.selected.index) this.pathTo(index);
    else this.select(index);
  }

  select(index, { isCentred = false } = {}) {
    this.tie = null;
    const node = index === null ? null : this.model.nodes[index];
    this.change({ actor: node?.id ?? null, target: null });
    if (node && isCentred) this.view?.centre(index);
    this.say(
      node ? `${node.label}: ${words("tiesOf", { count: this.model.now.degree[index] })}` : words("selectionEnded"),
    );
  }

  pathTo(index) {
    this.tie = null;
    this.change({ target: this.model.nodes[index].id });
    this.apply();
    if (this.path) this.view?.fit(this.path.nodes);
  }

  selectTie(index) {
    this.tie = index;
    this.settings.target = null;
    this.schedule();
  }

  // Marks or unmarks; the marked stay while filters change.
  mark(indexes, isMarked = true) {
    for (const index of indexes) {
      const { id } = this.model.nodes[index];
      if (isMarked) this.marked.add(id);
      else this.marked.delete(id);
    }
    this.say(words("markedCount", { count: this.marked.size }));
    this.schedule();
  }

  takeOut(ids) {
    this.tie = null;
    this.change({ without: new Set([...this.settings.without, ...ids]), actor: null, target: null });
  }

  putBack(id) {
    this.change({ without: new Set([...this.settings.without].filter((other) => other !== id)) });
  }

  onKey(event) {
    if (event.defaultPrevented || mayBeTyping(event)) return;
    if (event.key === "Escape" && this.tie !== null) this.select(this.selected?.index ?? null);
    else if (event.key === "Escape" && this.selected) this.select(null);
    if (/^[123]$/.test(event.key) && this.selected) {
      this.change({ steps: Number(event.key) });
      this.say(words("steps", { count: Number(event.key) }));
    }
  }
}

// Looking at an actor, or in other colours, leaves the question of the preset standing.
const onlyLooking = (patch) =>
  Object.keys(patch).every((name) =>
    ["actor", "target", "steps", "colour", "size", "isolates", "compare"].includes(name),
  );
