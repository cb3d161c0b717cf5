// The actors somebody has marked, with what can be done with all of them at once.
import { button, element, one, words } from "./words.js";

const LONGEST = 12;

export class Marks {
  constructor(explorer) {
    this.explorer = explorer;
    this.box = one("#network-marked");
    this.addresses = explorer.root.dataset;
  }

  draw() {
    const { explorer } = this;
    const nodes = [...explorer.marked].map((id) => explorer.model.byId.get(id)).filter(Boolean);
    this.box.hidden = nodes.length === 0;
    one("#network-marked-title").textContent = words("markedCount", { count: nodes.length });
    const shown = nodes.slice(0, LONGEST).map((node) => this.chip(node));
    if (nodes.length > LONGEST)
      shown.push(element("li", { className: "cnt", text: words("andMore", { count: nodes.length - LONGEST }) }));
    one("#network-marked-list").replaceChildren(...shown);
    one("#network-marked-actions").replaceChildren(...this.actions(nodes));
  }

  chip(node) {
    const off = button({
      symbol: "x",
      className: "",
      label: words("unmarkThis", { name: node.label }),
      onClick: () => this.explorer.mark([node.index], false),
    });
    return element("li", { className: "chip" }, element("span", { className: "network-chip", text: node.label }), off);
  }

  // A hidden actor has no number in the register: it can be taken out here, but not be put on a list.
  actions(nodes) {
    const { explorer, addresses } = this;
    const ids = nodes.map((node) => node.id).filter((id) => id > 0);
    const made = [];
    if (ids.length && addresses.actorsUrl)
      made.push(this.link("openList", "list-details", `${addresses.actorsUrl}?ids=${ids.join(",")}`));
    if (ids.length && addresses.groupUrl) made.push(this.groupForm(ids));
    if (ids.length && addresses.inviteUrl)
      made.push(this.link("invite", "mail", `${addresses.inviteUrl}?ids=${ids.join(",")}`));
    const press = (key, symbol, onClick) =>
      button({ text: words(key), symbol, className: "btn btn-outline btn-sm", onClick });
    made.push(press("withoutThese", "circle-minus", () => explorer.takeOut(nodes.map((node) => node.id))));
    made.push(
      press("unmarkAll", "x", () =>
        explorer.mark(
          nodes.map((node) => node.index),
          false,
        ),
      ),
    );
    return made;
  }

  link(key, symbol, href) {
    const made = element("a", { className: "btn btn-outline btn-sm", href });
    made.append(one(`template[data-icon="${symbol}"]`).content.firstElementChild.cloneNode(true), words(key));
    return made;
  }

  // Posted, since a long list of actors does not fit into an address; the answer is the form of a new group.
  groupForm(ids) {
    const form = element("form", { method: "post", action: this.addresses.groupUrl });
    const token = one("#network-settings input[name=csrfmiddlewaretoken]").value;
    form.append(element("input", { type: "hidden", name: "csrfmiddlewaretoken", value: token }));
    form.append(element("input", { type: "hidden", name: "ids", value: ids.join(",") }));
    const send = element("button", { type: "submit", className: "btn btn-outline btn-sm" });
    send.append(one('template[data-icon="users-group"]').content.firstElementChild.cloneNode(true), words("saveGroup"));
    form.append(send);
    return form;
  }
}
