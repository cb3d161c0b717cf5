// Marks actors by a line drawn around them. With the keyboard the boxes in the table do the same.
import { one, words } from "./words.js";

export class Lasso {
  constructor(explorer) {
    this.explorer = explorer;
    this.sheet = one("#network-lasso");
    this.press = one("#network-lasso-open");
    this.points = [];
    this.press.addEventListener("click", () => this.toggle(this.sheet.hasAttribute("hidden")));
    this.sheet.addEventListener("pointerdown", (event) => this.begin(event));
    this.sheet.addEventListener("pointermove", (event) => this.go(event));
    this.sheet.addEventListener("pointerup", () => this.end());
    this.sheet.addEventListener("pointercancel", () => this.toggle(false));
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || this.sheet.hasAttribute("hidden")) return;
        event.preventDefault();
        this.toggle(false);
      },
      { capture: true },
    );
  }

  draw() {
    this.press.hidden = !this.explorer.view || Boolean(this.explorer.settings.compare);
    if (this.press.hidden) this.toggle(false);
  }

  toggle(isOn) {
    this.points = [];
    this.drawLine();
    this.sheet.toggleAttribute("hidden", !isOn);
    this.press.setAttribute("aria-pressed", String(isOn));
    if (isOn) this.explorer.say(words("lassoHelp"));
  }

  begin(event) {
    this.sheet.setPointerCapture(event.pointerId);
    this.points = [at(event)];
  }

  go(event) {
    if (!this.points.length) return;
    this.points.push(at(event));
    this.drawLine();
  }

  end() {
    const points = this.points;
    const { explorer } = this;
    this.toggle(false);
    if (points.length < 3) return;
    const inside = explorer.view.within((place) => isInside(place, points));
    explorer.mark(inside);
  }

  drawLine() {
    const line = this.points.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    this.sheet.firstElementChild.setAttribute("d", line && `${line}Z`);
  }
}

const at = (event) => ({ x: event.offsetX, y: event.offsetY });

// A point is inside when a ray from it crosses the line an odd number of times.
function isInside({ x, y }, points) {
  let inside = false;
  points.forEach((a, index) => {
    const b = points[(index || points.length) - 1];
    const isBetween = a.y > y !== b.y > y;
    if (isBetween && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}
