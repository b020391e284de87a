import type { SynthesizedMonitoring, Widget } from './dashboard-body.ts';
import { drawGraph, type Series } from './draw-graph.ts';
import { getSamples, ringing } from './sample-data.ts';
import { type Box, colors, drawRectangle, drawText, estimateTextWidth, round } from './svg.ts';

/** The size of one unit of the dashboard's grid, in pixels. CloudWatch's grid has 24 columns. */
const column = 54;
const row = 37;
const margin = 12;
const headerHeight = 46;
const gap = 8;

/** Draws the dashboard with an invented day: the titles, places and lines of the widgets are those of the template. */
export function drawDashboard({ dashboardName, widgets, alarms }: SynthesizedMonitoring): string {
  const ringingNames = [...alarms.values()]
    .map(({ AlarmName }) => AlarmName)
    .filter((name) => ringing.test(name));
  const width = 24 * column + 2 * margin;
  const rows = Math.max(...widgets.map((widget) => widget.y + widget.height));
  const height = rows * row + 2 * margin + headerHeight;
  const body = [
    drawRectangle({ x: 0, y: 0, width, height }, colors.page),
    drawText(margin + 6, margin + 25, dashboardName, { size: 20, weight: 'bold' }),
    drawText(width - margin - 6, margin + 25, 'CloudWatch dashboard · sample data, 24 hours', {
      size: 12,
      color: colors.faint,
      anchor: 'end',
    }),
    ...widgets.map((widget) => drawWidget(widget, ringingNames)),
  ].join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif" role="img">\n<title>The dashboard ${dashboardName} with sample data</title>\n${body}\n</svg>\n`;
}

function drawWidget(widget: Widget, ringingNames: readonly string[]): string {
  const box: Box = {
    x: margin + widget.x * column + gap / 2,
    y: margin + headerHeight + widget.y * row + gap / 2,
    width: widget.width * column - gap,
    height: widget.height * row - gap,
  };
  if (widget.type === 'text') {
    const text = widget.properties.markdown.replace(/^#+ /, '');
    return drawText(box.x + 2, box.y + 21, text, { size: 17, weight: 'bold' });
  }
  const frame = [
    drawRectangle(box, colors.widget, colors.border),
    drawText(box.x + 10, box.y + 19, widget.properties.title, { size: 12.5, weight: 'bold' }),
  ].join('');
  const inside: Box = { ...box, y: box.y + 32, height: box.height - 32 };
  if (widget.type === 'alarm') return frame + drawAlarms(inside, ringingNames);
  return frame + (widget.properties.view === 'singleValue' ? drawNumbers : drawTimeSeries)(inside, widget);
}

function drawAlarms(box: Box, names: readonly string[]): string {
  let x = box.x + 10;
  return names
    .map((name) => {
      const width = estimateTextWidth(name, 11) + 20;
      const label: Box = { x, y: box.y - 3, width, height: 24 };
      x += width + 8;
      return (
        drawRectangle(label, colors.alarm) + drawText(label.x + 10, label.y + 16, name, { color: '#ffffff' })
      );
    })
    .join('');
}

type MetricWidget = Extract<Widget, { type: 'metric' }>;

function drawTimeSeries(box: Box, { properties }: MetricWidget): string {
  const { yAxis, stacked, annotations } = properties;
  return drawGraph(box, {
    unit: yAxis?.left.label ?? '',
    series: properties.metrics.map(readSeries),
    stacked,
    thresholds: (annotations?.horizontal ?? []).map(({ value, label = '' }) => ({ value, label })),
  });
}

/** Draws the sum of the day for a counter, and the latest value for a number that is measured again and again. */
function drawNumbers(box: Box, { properties }: MetricWidget): string {
  const share = (box.width - 20) / properties.metrics.length;
  return properties.metrics
    .map((metric, index) => {
      const { label, values, statistic } = readSeries(metric);
      const value = statistic === 'Sum' ? values.reduce((sum, each) => sum + each, 0) : (values.at(-1) ?? 0);
      const x = box.x + 10 + index * share;
      return (
        drawText(x, box.y + 33, String(round(value)), { size: 25 }) +
        drawText(x, box.y + 55, label, { size: 11, color: colors.faint })
      );
    })
    .join('');
}

/** Reads a metric of a widget: `[namespace, name, dimension, value, …, options]`. */
function readSeries(metric: readonly unknown[]): Series & { readonly statistic: unknown } {
  const [, name, ...rest] = metric;
  const options = Object(rest.at(-1));
  const label = String(options.label ?? '');
  const provider = rest[rest.indexOf('provider') + 1];
  const owner = rest.includes('provider') ? String(provider) : label;
  return { label, values: getSamples(String(name), owner), statistic: options.stat };
}
