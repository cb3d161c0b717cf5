// The legend, which is a filter too: sectors and kinds of ties can be switched there. For communities and topics it
// explains the colours.
import { SWATCHES } from "./looks.js";
import { element, listed, one, whole, words } from "./words.js";

const NAMES = 3;
const TITLES = { sector: "legendSector", community: "legendCommunity", topic: "legendTopic" };

export class Legend {
  constructor(explorer) {
    this.explorer = explorer;
    // On a phone the picture matters more than the legend.
    if (matchMedia("(max-width: 767.98px)").matches) one("#network-legends").open = false;
  }

  draw() {
    const { colour } = this.explorer.settings;
    const entries = { sector: () => this.sectors(), community: () => this.communities(), topic: () => this.topics() };
    one("#network-legend-title").textContent = words(TITLES[colour]);
    this.keepFocus(one("#network-legend"), entries[colour]());
    this.keepFocus(one("#network-kinds"), this.kinds());
  }

  // Redrawn under the hands of whoever just pressed a box in it.
  keepFocus(box, entries) {
    const id = box.contains(document.activeElement) ? document.activeElement.id : null;
    box.replaceChildren(...entries);
    if (id) document.getElementById(id)?.focus();
  }

  entry({ id, isOn, onChange, sign, text, count, title }) {
    const label = element(onChange ? "label" : "span", {
      className: "form-check-label",
      for: onChange ? id : null,
      title,
    });
    label.append(
      sign,
      element("span", { text }),
      element("span", { className: "cnt", text: count === null ? "" : whole(count) }),
    );
    if (!onChange) return element("li", {}, label);
    const box = element("input", { type: "checkbox", className: "form-check-input", id });
    box.checked = isOn;
    box.addEventListener("change", () => onChange(box.checked));
    return element("li", { className: "form-check" }, box, label);
  }

  sectors() {
    const { explorer } = this;
    const { model, settings } = explorer;
    const present = model.sectors.filter(({ code }) => model.nodes.some((node) => node.sector === code));
    const on = settings.sectors ?? new Set(present.map(({ code }) => code));
    return present.map(({ code, label }) =>
      this.entry({
        id: `sector-${code}`,
        isOn: on.has(code),
        text: label,
        count: model.nodes.filter((node) => node.sector === code).length,
        sign: element("span", { className: `dot sector-${code}`, "aria-hidden": "true" }),
        onChange: (isOn) => {
          const chosen = new Set(
            present.map((entry) => entry.code).filter((other) => (other === code ? isOn : on.has(other))),
          );
          explorer.change({ sectors: chosen.size === present.length ? null : chosen });
        },
      }),
    );
  }

  // A community has no name: its best connected members stand for it.
  communities() {
    const { model, looks } = this.explorer;
    if (!looks.communities.length) return [element("li", { className: "sub", text: words("noCommunities") })];
    const entries = looks.communities.slice(0, SWATCHES.length).map(({ community, count }, rank) => {
      const members = model.shownNodes().filter((node) => node.figures?.community === community);
      members.sort((a, b) => model.now.total[b.index] - model.now.total[a.index]);
      const names = members
        .slice(0, NAMES)
        .map((node) => node.label)
        .join(", ");
      return this.entry({
        text: words("community", { number: rank + 1, names }),
        count,
        title: listed(
          members.map((node) => node.label),
          30,
        ),
        sign: element("span", { className: `dot s${SWATCHES[rank]}`, "aria-hidden": "true" }),
      });
    });
    return [...entries, this.greyEntry("smallCommunities")];
  }

  topics() {
    const { model } = this.explorer;
    const counts = new Map();
    for (const node of model.shownNodes()) {
      if (node.topics.length) counts.set(node.topics[0], (counts.get(node.topics[0]) ?? 0) + 1);
    }
    if (!counts.size) return [element("li", { className: "sub", text: words("noTopics") })];
    const entries = [...counts].sort(([a], [b]) => a - b).filter(([topic]) => topic < SWATCHES.length);
    return [
      ...entries.map(([topic, count]) =>
        this.entry({
          text: model.topics[topic]?.label ?? "",
          count,
          sign: element("span", { className: `dot s${SWATCHES[topic]}`, "aria-hidden": "true" }),
        }),
      ),
      this.greyEntry("otherTopics"),
    ];
  }

  greyEntry(key) {
    return this.entry({
      text: words(key),
      count: null,
      sign: element("span", { className: "dot network-grey", "aria-hidden": "true" }),
    });
  }

  kinds() {
    const { explorer } = this;
    const { model, settings } = explorer;
    const on = model.kindsOf(settings);
    const counts = this.tiesPerKind();
    return model.kinds.flatMap((kind, index) => {
      const isThere = model.ties.length === 0 || this.isPresent(index);
      if (!isThere) return [];
      return this.entry({
        id: `kind-${kind.code}`,
        isOn: on[index],
        text: kind.label,
        count: on[index] ? counts[index] : null,
        title: words(kind.strong ? "strongKind" : "weakKind"),
        sign: element("span", {
          className: `network-sample tie-${kind.code}${kind.strong ? " is-strong" : ""}`,
          "aria-hidden": "true",
        }),
        onChange: (isOn) =>
          explorer.change({
            kinds: new Set(model.kinds.filter((_other, at) => (at === index ? isOn : on[at])).map(({ code }) => code)),
          }),
      });
    });
  }

  isPresent(index) {
    const { model } = this.explorer;
    if (this.presentOf !== model) {
      this.presentOf = model;
      this.present = new Set(model.ties.flatMap((tie) => tie.parts.map((part) => part[0])));
    }
    return this.present.has(index);
  }

  tiesPerKind() {
    const { model } = this.explorer;
    const counts = model.kinds.map(() => 0);
    for (const tie of model.ties) {
      const mask = model.now.strength[tie.index] ? model.now.kinds[tie.index] : 0;
      for (const index of counts.keys()) if (mask & (1 << index)) counts[index] += 1;
    }
    return counts;
  }
}
