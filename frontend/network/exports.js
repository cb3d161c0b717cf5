// Takes the view along: as a picture, a file for other programs, a link, or into a report.
import { drawOnCanvas } from "@sigma/export-image";
import { toAddress, toQuery } from "./settings.js";
import { all, one, words } from "./words.js";

const SHARPNESS = 2;
const KEPT_FOR = 10_000;

export class Exports {
  constructor(explorer) {
    this.explorer = explorer;
    one("#network-png").addEventListener("click", () => this.savePicture());
    all("[data-copy-link]").forEach((press) => press.addEventListener("click", () => this.copyLink()));
  }

  draw() {
    const { explorer } = this;
    for (const link of all("[data-format]"))
      link.href = explorer.server.address(`export/${link.dataset.format}/`, explorer.settings);
    const query = String(toQuery(explorer.settings));
    for (const link of all("[data-report-url]")) link.href = `${link.dataset.reportUrl}${query ? `?${query}` : ""}`;
    one("#network-png").hidden = !explorer.view;
  }

  async copyLink() {
    const { explorer } = this;
    const link = `${location.origin}${location.pathname}?${toAddress(explorer.settings)}`;
    try {
      await navigator.clipboard.writeText(link);
      explorer.say(words("linkCopied"));
      one("#network-copied").hidden = false;
    } catch {
      // No permission, or no encrypted connection: shown instead, ready to be copied by hand.
      const field = one("#network-link");
      field.hidden = false;
      field.value = link;
      field.focus();
      field.select();
    }
  }

  async savePicture() {
    const { explorer } = this;
    const scale = SHARPNESS / (devicePixelRatio || 1);
    const { renderer } = explorer.view;
    const { width, height } = renderer.getDimensions();
    const canvas = await drawOnCanvas(renderer, {
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      backgroundColor: explorer.looks.plate,
      sigmaSettings: enlarged(renderer, scale),
    });
    const blob = await new Promise((resolve) => withCaption(canvas, explorer).toBlob(resolve, "image/png"));
    save(blob, `${words("fileName")}.png`);
  }
}

// Sigma's sizes are those of the screen: names, actors and ties grow with the picture.
function enlarged(renderer, scale) {
  const settings = renderer.getSettings();
  const grown = (reduce) => (key, attributes) => {
    const data = reduce(key, attributes);
    return { ...data, size: data.size * scale };
  };
  return {
    labelSize: settings.labelSize * scale,
    stagePadding: settings.stagePadding * scale,
    labelGridCellSize: settings.labelGridCellSize * scale,
    labelRenderedSizeThreshold: settings.labelRenderedSizeThreshold * scale,
    nodeReducer: grown(settings.nodeReducer),
    edgeReducer: grown(settings.edgeReducer),
  };
}

// A picture that leaves the page takes along what it shows.
function withCaption(picture, { looks, model, settings }) {
  const size = 13 * SHARPNESS;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height + size * 4.4];
  const context = canvas.getContext("2d");
  context.fillStyle = looks.plate;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  const [from, until] = model.period(settings);
  const counts = `${words("actors", { count: model.shownNodes().length })}, ${words("ties", { count: model.now.ties })}`;
  const years = model.hasYears ? `, ${from}–${until}` : "";
  context.fillStyle = looks.ink;
  context.font = `600 ${size}px "Source Sans 3 Variable", sans-serif`;
  context.fillText(`${one("h1").textContent.trim()}: ${counts}${years}`, size, picture.height + size * 1.4);
  context.font = `${size}px "Source Sans 3 Variable", sans-serif`;
  drawLegend(context, looks, { x: size, y: picture.height + size * 3.1, size });
  return canvas;
}

function drawLegend(context, looks, { x, y, size }) {
  for (const line of all("#network-legend > li")) {
    const dot = one(".dot", line);
    const box = one("input", line);
    if (!dot || (box && !box.checked)) continue;
    const text = one(".form-check-label > span:not(.dot):not(.cnt)", line).textContent;
    context.fillStyle = getComputedStyle(dot).backgroundColor;
    context.beginPath();
    context.arc(x + size * 0.35, y - size * 0.32, size * 0.35, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = looks.ink;
    context.fillText(text, x + size, y);
    x += context.measureText(text).width + size * 2.4;
  }
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_FOR);
}
