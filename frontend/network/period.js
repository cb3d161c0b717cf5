// The slider of years below the picture: two handles, the ties of each year behind them, and a button that plays.
import { isStill } from "./looks.js";
import { drawn, icon, one, words } from "./words.js";

const PACE = 1400;

export class Period {
  constructor(explorer) {
    this.explorer = explorer;
    [this.from, this.until] = [one("#network-from"), one("#network-until")];
    this.playing = null;
    this.setBounds();
    for (const slider of [this.from, this.until]) slider.addEventListener("input", () => this.move());
    one("#network-play").addEventListener("click", () => this.press());
    one("#network-all-years").addEventListener("click", () => {
      this.pause();
      explorer.change({ from: null, until: null });
    });
  }

  setBounds() {
    const { model } = this.explorer;
    one("#network-period").hidden = !model.hasYears;
    if (!model.hasYears) return;
    for (const slider of [this.from, this.until]) {
      slider.min = model.firstYear;
      slider.max = model.lastYear;
    }
  }

  move() {
    this.pause();
    const years = [Number(this.from.value), Number(this.until.value)].sort((a, b) => a - b);
    this.set(years);
  }

  set([from, until]) {
    const { model } = this.explorer;
    const isWhole = from <= model.firstYear && until >= model.lastYear;
    this.explorer.change(isWhole ? { from: null, until: null } : { from, until });
  }

  // Where people asked for little motion, each press is one step; else the years go by until paused.
  press() {
    if (this.playing) this.pause();
    else if (isStill()) this.step();
    else {
      this.step();
      this.playing = setInterval(() => this.step(), PACE);
    }
    this.drawButton();
  }

  pause() {
    clearInterval(this.playing);
    this.playing = null;
    this.drawButton();
  }

  // A year further, the period as long as it was; from the whole period or the end, the first year.
  step() {
    const { model, settings } = this.explorer;
    const [from, until] = model.period(settings);
    const isStart = model.isWholePeriod(settings) || until >= model.lastYear;
    const length = model.isWholePeriod(settings) ? 0 : until - from;
    const next = isStart ? model.firstYear : from + 1;
    const years = [next, next + length];
    this.set(years);
    this.explorer.apply();
    this.explorer.say(words("yearShown", { years: said(years), count: model.now.ties }));
    if (years[1] >= model.lastYear) this.pause();
  }

  draw() {
    const { model, settings } = this.explorer;
    if (!model.hasYears) return;
    if (this.drawnFor !== model || this.drawnKinds !== settings.kinds) this.drawYears();
    const [from, until] = model.period(settings);
    this.from.value = from;
    this.until.value = until;
    one("#network-years").textContent = said([from, until]);
    one("#network-all-years").hidden = model.isWholePeriod(settings);
    const length = model.lastYear - model.firstYear;
    const track = one("#network-track");
    track.style.setProperty("--from", (from - model.firstYear) / length);
    track.style.setProperty("--until", (until - model.firstYear) / length);
    for (const bar of this.bars ?? [])
      bar.classList.toggle("is-in", bar.dataset.year >= from && bar.dataset.year <= until);
  }

  // How many ties had a record in each year.
  drawYears() {
    const { model, settings } = this.explorer;
    this.setBounds();
    [this.drawnFor, this.drawnKinds] = [model, settings.kinds];
    const on = model.kindsOf(settings);
    const counts = new Map();
    for (const tie of model.ties) {
      const years = new Set(
        tie.parts.filter((part) => on[part[0]] && part[1] && part[1] === part[2]).map((part) => part[1]),
      );
      years.forEach((year) => counts.set(year, (counts.get(year) ?? 0) + 1));
    }
    const most = Math.max(1, ...counts.values());
    const span = model.lastYear - model.firstYear + 1;
    this.bars = Array.from({ length: span }, (_unused, at) => {
      const height = (28 * (counts.get(model.firstYear + at) ?? 0)) / most;
      const bar = drawn("rect", { x: at + 0.12, width: 0.76, y: 28 - height, height });
      bar.dataset.year = model.firstYear + at;
      return bar;
    });
    const box = one("#network-bars");
    box.setAttribute("viewBox", `0 0 ${span} 28`);
    box.replaceChildren(...this.bars);
    one("#network-first-year").textContent = model.firstYear;
    one("#network-last-year").textContent = model.lastYear;
    this.drawButton();
  }

  drawButton() {
    const key = this.playing ? "pause" : isStill() ? "stepYear" : "play";
    const press = one("#network-play");
    if (press.dataset.shows === key) return;
    press.dataset.shows = key;
    press.replaceChildren(icon(this.playing ? "player-pause" : isStill() ? "player-skip-forward" : "player-play"));
    press.setAttribute("aria-label", words(key));
    press.title = words(key);
  }
}

const said = ([from, until]) => (from === until ? String(from) : `${from}–${until}`);
