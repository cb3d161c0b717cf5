// The network explorer: an island that reads the graph as JSON and works without the server from then on.
import { NetworkModel } from "./network/model.js";
import { showSelection, showSummary } from "./network/panel.js";
import { initSearch } from "./network/search.js";
import { NetworkTable } from "./network/table.js";
import { NetworkView } from "./network/view.js";
import { element, whole, words } from "./network/words.js";

const one = (selector) => document.querySelector(selector);

function isDrawable() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

async function fetchNetwork(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function showProblem(key) {
  const box = one("#network-status");
  box.hidden = false;
  box.textContent = words(key);
}

class Explorer {
  constructor(model) {
    this.model = model;
    this.table = new NetworkTable(model, one("#network-table"), (index) => this.select(index));
    this.view = null;
  }

  async start() {
    if (isDrawable()) {
      const onSelect = (index) => this.select(index);
      this.view = new NetworkView(this.model, one("#network-graph"), { onSelect });
      await this.view.start();
      // For tests and for whoever looks in from the console.
      window.networkExplorer = this;
    } else {
      showProblem("noPicture");
    }
    this.initControls();
    this.redraw();
    this.select(this.fromAddress());
    // On a phone the picture matters more than the legend.
    if (matchMedia("(max-width: 991.98px)").matches) one(".network-look").open = false;
    one("#network").dataset.ready = "true";
  }

  // ?actor=12 opens on that actor: the way here from an actor's page.
  fromAddress() {
    const wanted = Number(new URLSearchParams(location.search).get("actor"));
    return this.model.nodes.find((node) => wanted && node.id === wanted)?.index ?? null;
  }

  redraw() {
    this.model.update();
    if (this.selected !== null && this.selected !== undefined && !this.model.nodes[this.selected].shown) this.selected = null;
    if (this.view) {
      this.view.selected = this.selected ?? null;
      this.view.refresh();
    }
    showSummary(one("#network-summary"), this.model);
    this.showPanel();
    this.table.draw();
  }

  showPanel() {
    showSelection(one("#network-selection"), this.model, this.selected ?? null, (index) => this.select(index));
  }

  select(index) {
    this.selected = index;
    this.table.selected = index;
    this.view?.select(index);
    this.showPanel();
    this.table.draw();
    const node = index === null ? null : this.model.nodes[index];
    one("#network-live").textContent = node
      ? `${node.label}: ${words("tiesOf", { count: whole(node.degreeNow) })}`
      : words("nothingSelected");
  }

  initControls() {
    this.initPeriod();
    this.initOffice();
    this.initLegend();
    initSearch({
      input: one("#network-search"),
      list: one("#network-hits"),
      live: one("#network-live"),
      model: this.model,
      onSelect: (index) => this.select(index),
    });
    one("#network-colour").addEventListener("change", (event) => this.change("colourBy", event.target.value));
    one("#network-size").addEventListener("change", (event) => this.change("sizeBy", event.target.value));
    one("#network-in").addEventListener("click", () => this.view?.zoom(1 / 1.3));
    one("#network-out").addEventListener("click", () => this.view?.zoom(1.3));
    one("#network-whole").addEventListener("click", () => this.view?.reset());
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  change(setting, value) {
    if (!this.view) return;
    this.view[setting] = value;
    this.initLegend();
    this.view.refresh();
  }

  initPeriod() {
    const [from, to] = [one("#network-from"), one("#network-to")];
    one("#network-period").hidden = !this.model.hasYears;
    if (!this.model.hasYears) return;
    for (const [slider, value] of [[from, this.model.firstYear], [to, this.model.lastYear]]) {
      slider.min = this.model.firstYear;
      slider.max = this.model.lastYear;
      slider.value = value;
    }
    const move = () => {
      this.model.from = Math.min(Number(from.value), Number(to.value));
      this.model.to = Math.max(Number(from.value), Number(to.value));
      one("#network-years").textContent = `${this.model.from}–${this.model.to}`;
      this.redraw();
    };
    from.addEventListener("input", move);
    to.addEventListener("input", move);
    one("#network-years").textContent = `${this.model.from}–${this.model.to}`;
  }

  initOffice() {
    const box = one("#network-office");
    box.closest(".form-check").hidden = !this.model.hasOffice;
    box.checked = true;
    box.addEventListener("change", () => {
      this.model.withOffice = box.checked;
      this.redraw();
    });
  }

  // The legend is the filter of sectors as well; for communities it only explains the colours.
  initLegend() {
    const isSector = (this.view?.colourBy ?? "sector") === "sector";
    one("#network-legend").replaceChildren(...(isSector ? this.sectorEntries() : this.communityEntries()));
  }

  sectorEntries() {
    return this.model.sectors.flatMap((sector) => {
      const count = this.model.nodes.filter((node) => node.sector === sector.code).length;
      if (!count) return [];
      const box = element("input", { type: "checkbox", className: "form-check-input", id: `sector-${sector.code}` });
      box.checked = !this.model.hiddenSectors.has(sector.code);
      box.addEventListener("change", () => {
        box.checked ? this.model.hiddenSectors.delete(sector.code) : this.model.hiddenSectors.add(sector.code);
        this.redraw();
      });
      const label = element("label", { className: "form-check-label", for: `sector-${sector.code}` });
      label.append(
        element("span", { className: `dot sector-${sector.code}`, "aria-hidden": "true" }),
        sector.label,
        element("span", { className: "cnt", text: whole(count) }),
      );
      return [element("li", { className: "form-check" }, box, label)];
    });
  }

  communityEntries() {
    const counts = new Map();
    for (const node of this.model.nodes) {
      if (node.community >= 0) counts.set(node.community, (counts.get(node.community) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count > 1)
      .sort(([a], [b]) => a - b)
      .map(([community, count]) =>
        element(
          "li",
          { className: "form-check" },
          element("span", { className: `dot s${community % 10}`, "aria-hidden": "true" }),
          element("span", { className: "form-check-label", text: words("community", { number: community + 1 }) }),
          element("span", { className: "cnt", text: whole(count) }),
        ),
      );
  }

  onKey(event) {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.selected !== null) this.select(null);
    if ("123".includes(event.key) && event.key.length === 1 && this.view && this.selected !== null) {
      this.view.steps = Number(event.key);
      this.view.refresh();
      one("#network-live").textContent = words("steps", { count: event.key });
    }
  }
}

async function start() {
  const root = one("#network");
  let data;
  try {
    data = await fetchNetwork(root.dataset.url);
  } catch {
    showProblem("notLoaded");
    return;
  }
  if (!data.nodes.length) {
    showProblem("empty");
    root.dataset.ready = "true";
    return;
  }
  if (data.meta.bounded) {
    const note = one("#network-bounded");
    note.hidden = false;
    note.querySelector("[data-text]").textContent = data.meta.bounded;
  }
  one("#network-body").hidden = false;
  await new Explorer(new NetworkModel(data)).start();
}

start();
