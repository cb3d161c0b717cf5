// Draws the charts of a report from the JSON beside them. The table with the same figures stays on the page.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer, TooltipComponent]);

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const language = () => document.documentElement.lang || "de";

function options(figure) {
  const axis = { color: cssColour("--mut"), fontSize: 12 };
  const isLine = figure.kind === "line";
  return {
    animation: false,
    aria: { enabled: true, label: { description: figure.alt } },
    color: [5, 0, 1, 3, 2, 4, 6, 7, 8, 9].map((index) => cssColour(`--s${index}`)),
    textStyle: { fontFamily: '"Source Sans 3 Variable", sans-serif' },
    grid: { left: 8, right: 16, top: figure.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: figure.series.length > 1 ? { top: 0, left: 0, textStyle: { color: cssColour("--ink") } } : undefined,
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      valueFormatter: (value) => (value === null || value === undefined ? "–" : value.toLocaleString(language())),
    },
    xAxis: { type: "category", data: figure.categories, axisLabel: axis, axisTick: { show: false } },
    yAxis: {
      type: "value",
      axisLabel: { ...axis, formatter: (value) => value.toLocaleString(language()) },
      splitLine: { lineStyle: { color: cssColour("--line") } },
    },
    series: figure.series.map((series) => ({
      name: series.label,
      type: isLine ? "line" : "bar",
      stack: figure.kind === "stacked_bar" ? "all" : undefined,
      data: series.values,
      barMaxWidth: 26,
      symbolSize: 6,
    })),
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
