import Table from 'cli-table3';
import { bold } from '../terminal.ts';

/** Formats rows as a table without lines, with a heading for each column. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const table = new Table({
    head: headings.map(bold),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: noLines,
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const noLines = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
    .split(' ')
    .map((name) => [name, '']),
);
