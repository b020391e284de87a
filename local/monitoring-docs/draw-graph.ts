import { samplesInADay } from './sample-data.ts';
import {
  type Box,
  colors,
  drawLine,
  drawRectangle,
  drawText,
  estimateTextWidth,
  getLineColor,
  round,
} from './svg.ts';

export interface Series {
  readonly label: string;
  readonly values: readonly number[];
}

interface Graph {
  readonly unit: string;
  readonly series: readonly Series[];
  readonly stacked: boolean;
  /** Horizontal lines with a label. A line far above the values is left out, as people do by zooming. */
  readonly thresholds: readonly { readonly value: number; readonly label: string }[];
}

const legendLineHeight = 16;

/** Draws a graph of one day: axes, thresholds, lines or areas, and the legend. */
export function drawGraph(box: Box, { unit, series, stacked, thresholds }: Graph): string {
  const legend = layOutLegend(series, box.width - 20);
  const legendHeight = (legend.at(-1)?.row ?? 0) * legendLineHeight + legendLineHeight;
  const plot: Box = {
    x: box.x + 44,
    y: box.y + 12,
    width: box.width - 58,
    height: box.height - legendHeight - 40,
  };
  const layers = stacked ? stack(series) : series.map(({ values }) => values);
  const highest = Math.max(...layers.flat(), ...thresholds.map(({ value }) => value), 0);
  const step = Math.max(chooseStep(highest), unit === 'Count' ? 1 : 0);
  const top = Math.max(step, Math.ceil((highest * 1.02) / step) * step);
  const pointOf = (at: number, value: number): [number, number] => [
    plot.x + (at / (samplesInADay - 1)) * plot.width,
    plot.y + plot.height - (value / top) * plot.height,
  ];
  return [
    drawText(box.x + 10, box.y + 4, unit, { size: 10, color: colors.faint }),
    ...drawAxes(plot, top, step),
    ...layers
      .map((values, index) => ({ values, index }))
      .reverse()
      .map(({ values, index }) =>
        drawLayer(
          values.map((value, at) => pointOf(at, value)),
          getLineColor(index),
          stacked ? plot : null,
        ),
      ),
    ...thresholds.flatMap(({ value, label }) => {
      const [, y] = pointOf(0, value);
      return [
        drawLine([plot.x, y], [plot.x + plot.width, y], colors.alarm),
        drawText(plot.x + plot.width - 4, y - 4, label, { size: 10, color: colors.alarm, anchor: 'end' }),
      ];
    }),
    ...legend.map(({ label, x, row, index }) => {
      const y = box.y + box.height - legendHeight - 2 + row * legendLineHeight + 10;
      const mark = { x: box.x + 10 + x, y: y - 8, width: 9, height: 9 };
      return drawRectangle(mark, getLineColor(index)) + drawText(mark.x + 14, y, label, { size: 10.5 });
    }),
  ].join('');
}

function drawAxes(plot: Box, top: number, step: number): string[] {
  const bottom = plot.y + plot.height;
  const lines: string[] = [];
  for (let value = 0; value <= top + step / 2; value += step) {
    const y = bottom - (value / top) * plot.height;
    lines.push(drawLine([plot.x, y], [plot.x + plot.width, y], colors.grid));
    lines.push(
      drawText(plot.x - 6, y + 3.5, formatTick(value), { size: 10, color: colors.faint, anchor: 'end' }),
    );
  }
  for (let hour = 0; hour <= 24; hour += 6) {
    const x = plot.x + (hour / 24) * plot.width;
    const label = `${String(hour % 24).padStart(2, '0')}:00`;
    const anchor = hour === 24 ? 'end' : hour === 0 ? 'start' : 'middle';
    lines.push(drawText(x, bottom + 14, label, { size: 10, color: colors.faint, anchor }));
  }
  return lines;
}

/** Draws a line, or the area below it if `plot` is given. */
function drawLayer(points: readonly [number, number][], color: string, plot: Box | null): string {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  if (plot === null) return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  const bottom = round(plot.y + plot.height);
  return `<polygon points="${round(plot.x)},${bottom} ${path} ${round(plot.x + plot.width)},${bottom}" fill="${color}"/>`;
}

/** Adds each series to the series before it. */
function stack(series: readonly Series[]): number[][] {
  const sum = Array.from({ length: samplesInADay }, () => 0);
  return series.map(({ values }) => {
    for (const [at, value] of values.entries()) sum[at] = (sum[at] ?? 0) + value;
    return [...sum];
  });
}

/** Distributes the labels over the rows of the legend. */
function layOutLegend(series: readonly Series[], width: number) {
  let x = 0;
  let row = 0;
  return series.map(({ label }, index) => {
    const needed = estimateTextWidth(label, 10.5) + 26;
    if (x + needed > width && x > 0) {
      x = 0;
      row += 1;
    }
    const place = { label, x, row, index };
    x += needed;
    return place;
  });
}

/** Chooses a round distance between the ticks of an axis, so that there are about four. */
function chooseStep(highest: number): number {
  if (highest <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(highest / 4));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * size * 4 >= highest) ?? 10) * size;
}

function formatTick(value: number): string {
  if (value >= 1000) return `${round(value / 1000)}k`;
  return String(Math.round(value * 100) / 100);
}
