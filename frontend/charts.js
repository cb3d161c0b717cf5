// Draws the charts of a report from the JSON beside them. The table with the same figures stays on the page.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer, TooltipComponent]);

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const palette = () => [5, 0, 1, 3, 2, 4, 6, 7, 8, 9].map((index) => cssColour(`--s${index}`));
const language = () => document.documentElement.lang || "de";

const inWords = (value) => value?.toLocaleString(language(), { signDisplay: "negative" }) ?? "–";
const bounds = ({ low, high }, at) => (low ? ` (${inWords(low[at])} – ${inWords(high[at])})` : "");

// A band around a line: its lower bound, unseen, and stacked on it the room up to its upper bound.
function band(series, number) {
  const bound = { type: "line", stack: `band-${number}`, stackStrategy: "all", symbol: "none", silent: true, z: 1 };
  const still = { ...bound, lineStyle: { opacity: 0 }, tooltip: { show: false }, emphasis: { disabled: true } };
  const room = series.high.map((high, at) => (high === null || series.low[at] === null ? null : high - series.low[at]));
  const colour = palette()[number % palette().length];
  return [
    { ...still, name: `low-${number}`, data: series.low },
    { ...still, name: `high-${number}`, data: room, areaStyle: { color: colour, opacity: 0.18 } },
  ];
}

function options(figure) {
  const axis = { color: cssColour("--mut"), fontSize: 12 };
  const isLine = figure.kind === "line";
  return {
    animation: false,
    aria: { enabled: true, label: { description: figure.alt } },
    color: palette(),
    textStyle: { fontFamily: '"Source Sans 3 Variable", sans-serif' },
    grid: { left: 8, right: 16, top: figure.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend:
      figure.series.length > 1
        ? {
            top: 0,
            left: 0,
            textStyle: { color: cssColour("--ink") },
            data: figure.series.map((series) => series.label),
          }
        : undefined,
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
    },
    xAxis: { type: "category", data: figure.categories, axisLabel: axis, axisTick: { show: false } },
    yAxis: {
      type: "value",
      axisLabel: { ...axis, formatter: inWords },
      splitLine: { lineStyle: { color: cssColour("--line") } },
    },
    series: [
      ...figure.series.map((series, number) => ({
        name: series.label,
        type: isLine ? "line" : "bar",
        stack: figure.kind === "stacked_bar" ? "all" : undefined,
        data: series.values,
        color: palette()[number % palette().length],
        barMaxWidth: 26,
        symbolSize: 6,
        tooltip: { valueFormatter: (value, at) => inWords(value) + bounds(series, at) },
      })),
      ...figure.series.flatMap((series, number) => (isLine && series.low ? band(series, number) : [])),
    ],
  };
}

function draw(box) {
  const figure = JSON.parse(document.getElementById(box.dataset.source).textContent);
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption(options(figure));
  new ResizeObserver(() => chart.resize()).observe(box);
  new MutationObserver(() => chart.setOption(options(figure), true)).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-bs-theme"],
  });
}

document.querySelectorAll("[data-chart]").forEach(draw);
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
