import { html } from 'hono/html';
import type { Html } from '../page.ts';

const barWidth = 4;
const gap = 1;
const height = 32;

/**
 * Draws values over time as bars. A bar of the lowest height stands for 0.
 *
 * @param label says what the picture shows, for people who do not see it
 */
export function renderSparkline(values: readonly number[], label: string): Html {
  const highest = Math.max(...values, 1);
  const width = values.length * (barWidth + gap) - gap;
  return html`<svg class="sparkline" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">${values.map(
    (value, index) => {
      const barHeight = value === 0 ? 1 : Math.max(3, Math.round((value / highest) * height));
      return html`<rect x="${index * (barWidth + gap)}" y="${height - barHeight}" width="${barWidth}" height="${barHeight}"${value === 0 ? html` class="zero"` : ''}/>`;
    },
  )}</svg>`;
}
