// The field above the picture: whoever is found there is selected and brought to the middle.
import { attachSearch } from "./search.js";
import { all, one } from "./words.js";

export class Chooser {
  constructor(explorer) {
    this.explorer = explorer;
    attachSearch({
      explorer,
      input: one("#network-search"),
      list: one("#network-hits"),
      isOffered: (node) => explorer.model.now.shown[node.index],
      onChoose: (index) => explorer.select(index, { isCentred: true }),
    });
    one("#network-in").addEventListener("click", () => explorer.view?.zoom(1 / 1.4));
    one("#network-out").addEventListener("click", () => explorer.view?.zoom(1.4));
    one("#network-whole").addEventListener("click", () => explorer.view?.reset());
    this.initSheet();
  }

  // On a phone the settings come up from below; beside the picture they simply stand there.
  initSheet() {
    const [sheet, backdrop] = [one("#network-settings"), one("#network-backdrop")];
    const openers = all("[data-sheet]");
    const toggle = (isOpen) => {
      sheet.classList.toggle("is-open", isOpen);
      backdrop.hidden = !isOpen;
      openers.forEach((opener) => opener.setAttribute("aria-expanded", String(isOpen)));
      if (isOpen) one("[data-sheet]", sheet).focus();
      else openers[0].focus();
    };
    openers.forEach((opener) => opener.addEventListener("click", () => toggle(!sheet.classList.contains("is-open"))));
    backdrop.addEventListener("click", () => toggle(false));
    sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !sheet.classList.contains("is-open")) return;
      event.preventDefault();
      toggle(false);
    });
  }

  draw() {}
}
