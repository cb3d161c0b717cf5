// The settings beside the picture.
import { attachSearch } from "./search.js";
import { all, button, decimal, element, one, words } from "./words.js";

const LISTS = { types: "event_types", roles: "roles", topics: "topics" };
const STEPS = 20;

export class Controls {
  constructor(explorer) {
    this.explorer = explorer;
    this.initSelects();
    this.initSwitches();
    this.initMinimum();
    for (const name of Object.keys(LISTS)) this.fillList(name);
    attachSearch({
      explorer,
      input: one("#network-without-search"),
      list: one("#network-without-hits"),
      isOffered: (node) => explorer.model.now.shown[node.index],
      onChoose: (index) => explorer.takeOut([explorer.model.nodes[index].id]),
    });
    one("#network-reset").addEventListener("click", () => this.reset());
    one("#network-settings").addEventListener("submit", (event) => event.preventDefault());
  }

  initSelects() {
    for (const name of ["colour", "size", "backbone"]) {
      one(`#network-${name}`).addEventListener("change", (event) =>
        this.explorer.change({ [name]: event.target.value }),
      );
    }
    for (const radio of all('input[name="office"]')) {
      radio.addEventListener("change", () => this.explorer.change({ office: radio.value }));
    }
  }

  initSwitches() {
    one("#network-isolates").addEventListener("change", (event) =>
      this.explorer.change({ isolates: event.target.checked }),
    );
    one("#network-count-for").addEventListener("change", (event) =>
      this.explorer.change({ countFor: event.target.checked }),
    );
  }

  // The slider is finer where most ties are: weak ones are many, strong ones few.
  initMinimum() {
    const slider = one("#network-minimum");
    slider.max = STEPS;
    slider.addEventListener("input", () => this.explorer.change({ minimum: this.thresholds()[Number(slider.value)] }));
  }

  thresholds() {
    const { model } = this.explorer;
    if (this.thresholdsOf === model) return this.values;
    const everything = model.snapshot({ ...model.settings, minimum: 0 });
    const sorted = everything.strength.filter((strength) => strength > 0).sort();
    const at = (step) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * step) / STEPS))] ?? 0;
    this.values = Array.from({ length: STEPS + 1 }, (_unused, step) => (step ? Math.round(at(step) * 100) / 100 : 0));
    this.thresholdsOf = model;
    return this.values;
  }

  fillList(name) {
    const { explorer } = this;
    const entries = explorer.data[LISTS[name]] ?? [];
    const box = one(`#network-${name}`);
    box.closest("details").hidden = entries.length === 0;
    box.replaceChildren(
      ...entries.map(({ code, label }) => {
        const input = element("input", {
          type: "checkbox",
          className: "form-check-input",
          id: `${name}-${code}`,
          value: code,
        });
        input.addEventListener("change", () => {
          const chosen = new Set(explorer.settings[name]);
          if (input.checked) chosen.add(code);
          else chosen.delete(code);
          explorer.change({ [name]: chosen });
        });
        return element(
          "li",
          { className: "form-check" },
          input,
          element("label", { className: "form-check-label", for: `${name}-${code}`, text: label }),
        );
      }),
    );
  }

  reset() {
    const { explorer } = this;
    const empty = { types: new Set(), roles: new Set(), topics: new Set(), countFor: false, backbone: "" };
    const wasAsked = toList(explorer.settings) !== toList({ ...explorer.settings, ...empty });
    const rest = {
      from: null,
      until: null,
      kinds: null,
      sectors: null,
      minimum: 0,
      office: "with",
      without: new Set(),
      preset: "",
      since: null,
    };
    explorer.change({ ...rest, isolates: true, compare: null, ...(wasAsked ? empty : {}) });
    explorer.say(words("wasReset"));
  }

  draw() {
    const { settings, model } = this.explorer;
    for (const name of ["colour", "size", "backbone"]) one(`#network-${name}`).value = settings[name];
    for (const radio of all('input[name="office"]')) radio.checked = radio.value === settings.office;
    one("#network-office").hidden = !model.hasOffice;
    one("#network-isolates").checked = settings.isolates;
    one("#network-count-for").checked = settings.countFor;
    this.drawMinimum();
    for (const name of Object.keys(LISTS)) this.drawList(name);
    this.drawWithout();
  }

  drawMinimum() {
    const { settings } = this.explorer;
    const step = this.thresholds().findIndex((value) => value >= settings.minimum);
    one("#network-minimum").value = step < 0 ? STEPS : step;
    const text = settings.minimum > 0 ? decimal(settings.minimum, 2) : words("allTies");
    one("#network-minimum-value").textContent = text;
    one("#network-minimum").setAttribute("aria-valuetext", text);
  }

  drawList(name) {
    const chosen = this.explorer.settings[name];
    for (const input of all("input", one(`#network-${name}`))) input.checked = chosen.has(input.value);
    const counter = one(`#network-${name}-count`);
    counter.textContent = chosen.size ? words("chosen", { count: chosen.size }) : words("allOfThem");
  }

  drawWithout() {
    const { explorer } = this;
    const chips = [...explorer.settings.without].map((id) => {
      const label = explorer.model.byId.get(id)?.label ?? words("unknownActor");
      const back = button({
        symbol: "x",
        className: "",
        label: words("putBack", { name: label }),
        onClick: () => explorer.putBack(id),
      });
      return element("li", { className: "chip" }, element("span", { className: "network-chip", text: label }), back);
    });
    one("#network-without").replaceChildren(...chips);
  }
}

const toList = (settings) =>
  JSON.stringify([
    [...settings.types],
    [...settings.roles],
    [...settings.topics],
    settings.countFor,
    settings.backbone,
  ]);
