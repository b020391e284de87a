import { html } from 'hono/html';
import type { Html } from '../page.ts';

type Cell = Html | string | number | null;

interface Table {
  /** What the table lists. Shown to screen readers; the heading of the section shows it to others. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Shown in place of an empty table. */
  readonly empty: string;
}

/**
 * Renders a table. On a narrow screen, each row becomes a block, and each cell shows the heading of its column. The explicit
 * roles keep it a table for screen readers, which browsers forget if the style makes blocks of rows.
 */
export function renderTable({ caption, columns, rows, empty }: Table): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<table role="table">
<caption class="hidden">${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells) =>
      html`<tr role="row">${cells.map((cell, index) => html`<td role="cell" data-column="${columns[index]}"><span>${cell ?? '–'}</span></td>`)}</tr>`,
  )}</tbody>
</table>`;
}
