import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** What the server writes into the JSON script that `data-chart` names. A null value is missing, not zero. */
export interface Chart {
  readonly kind: "bar" | "line";
  readonly labels: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    readonly tone?: Tone;
  }[];
  readonly unit?: "count" | "idr" | "percent";
  readonly lying?: boolean;
  readonly mark?: { readonly value: number; readonly label: string };
}

type Tone = "green" | "blue" | "amber" | "muted" | "red";
const TONES: readonly Tone[] = ["green", "blue", "amber", "muted"];

export function drawAll(root: Document = document): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-chart]:not([data-drawn])")) {
    const source = root.getElementById(place.dataset.chart ?? "");
    if (!source?.textContent) continue;
    place.dataset.drawn = "yes";
    draw(place, JSON.parse(source.textContent) as Chart);
  }
}

export function writer(unit: Chart["unit"], language: string): (value: number | null) => string {
  const locale = language.startsWith("en") ? "en-GB" : "id-ID";
  const digits = unit === "percent" ? 2 : 0;
  const figure = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (value) => {
    if (value === null) return "—";
    if (unit === "percent") return `${figure.format(value)}${locale === "id-ID" ? " " : ""}%`;
    return unit === "idr" ? `Rp ${figure.format(value)}` : figure.format(value);
  };
}

function draw(place: HTMLElement, chart: Chart): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const write = writer(chart.unit, document.documentElement.lang);
  const short = new Intl.NumberFormat(document.documentElement.lang.startsWith("en") ? "en-GB" : "id-ID", {
    notation: "compact",
  });
  const text = { color: token("muted"), fontFamily: token("face"), fontSize: 12 };
  const names = {
    type: "category" as const,
    data: [...chart.labels],
    inverse: chart.lying ?? false,
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisTick: { show: false },
    axisLabel: text,
  };
  const values = {
    type: "value" as const,
    splitLine: { lineStyle: { color: token("line") } },
    // The mark is part of the picture even where no value comes near it.
    max: (extent: { max: number }) => Math.max(extent.max, chart.mark?.value ?? extent.max),
    axisLabel: { ...text, formatter: (value: number) => short.format(value) },
  };
  const drawn = init(place, null, { renderer: "canvas" });
  drawn.setOption({
    animation: false,
    aria: { enabled: false },
    textStyle: text,
    grid: { left: 8, right: 16, top: chart.series.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
    legend: {
      show: chart.series.length > 1,
      top: 0,
      left: 0,
      textStyle: { ...text, color: token("ink") },
      icon: "roundRect",
    },
    tooltip: {
      trigger: "axis",
      // Drawn on the canvas: an HTML tooltip would need inline styles, which the page's policy refuses.
      renderMode: "richText",
      backgroundColor: token("card"),
      borderColor: token("line-strong"),
      textStyle: { ...text, color: token("ink") },
      valueFormatter: (value: unknown) => write(typeof value === "number" ? value : null),
    },
    xAxis: chart.lying ? values : names,
    yAxis: chart.lying ? names : values,
    series: chart.series.map((series, index) => ({
      type: chart.kind,
      name: series.name,
      data: [...series.values],
      color: token(series.tone ?? TONES[index % TONES.length] ?? "green"),
      barMaxWidth: 28,
      itemStyle: chart.kind === "bar" ? { borderRadius: 3 } : {},
      symbolSize: 6,
      lineStyle: { width: 2.5 },
      ...(index === 0 && chart.mark
        ? {
            markLine: {
              silent: true,
              symbol: "none",
              lineStyle: { color: token("ink"), type: "dashed" as const },
              label: {
                ...text,
                color: token("ink"),
                formatter: chart.mark.label,
                position: "insideEndTop" as const,
              },
              data: [chart.lying ? { xAxis: chart.mark.value } : { yAxis: chart.mark.value }],
            },
          }
        : {}),
    })),
  });
  new ResizeObserver(() => drawn.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener(
    "change",
    () => {
      drawn.dispose();
      draw(place, chart);
    },
    { once: true },
  );
}
