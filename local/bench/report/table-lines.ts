import { bold, dim, green, red } from '../../terminal.ts';
import { formatRowGoal, formatRowValue, markOf } from './format-row.ts';
import type { BenchResult } from './result.ts';

/** Formats the result as a table for the terminal. */
export function formatResultTable({ rows }: Pick<BenchResult, 'rows'>): string[] {
  const cells = rows.map((row) => ({
    ...row,
    valueText: formatRowValue(row),
    goalText: formatRowGoal(row),
  }));
  const widthOf = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const measureWidth = widthOf(['measure', ...cells.map(({ measure }) => measure)]);
  const valueWidth = widthOf(['value', ...cells.map(({ valueText }) => valueText)]);
  const goalWidth = widthOf(['goal', ...cells.map(({ goalText }) => goalText)]);
  const head = ['measure'.padEnd(measureWidth), 'value'.padStart(valueWidth), 'goal'.padEnd(goalWidth)];
  return [
    dim(`    ${head.join('  ')}  figures`),
    ...cells.map(({ measure, valueText, goalText, isMet, detail }) => {
      const mark = isMet === false ? red(markOf(isMet)) : green(markOf(isMet));
      const value = bold(valueText.padStart(valueWidth));
      return `  ${mark} ${measure.padEnd(measureWidth)}  ${value}  ${goalText.padEnd(goalWidth)}  ${dim(detail)}`;
    }),
  ];
}

/** Formats the cost of a case as lines for the terminal. */
export function formatCostLines({ costPerCase, storageMonths }: BenchResult): string[] {
  const names = ['webhooks', 'evidence', 'textbook'] as const;
  const dollars = (cost: number) => `$${(cost * 1_000_000).toFixed(2)}`.padStart(10);
  const parts = Object.keys(costPerCase.webhooks).filter(isPart);
  const line = (title: string, of: (name: (typeof names)[number]) => number) =>
    `    ${title.padEnd(18)}${names.map((name) => dollars(of(name))).join('')}`;
  return [
    dim(`    ${'a million cases'.padEnd(18)}${names.map((name) => name.padStart(10)).join('')}`),
    ...parts.map((part) => line(part, (name) => costPerCase[name][part])),
    bold(line('total', (name) => Object.values(costPerCase[name]).reduce((sum, each) => sum + each, 0))),
    dim(`    storage for ${storageMonths} months`),
  ];

  function isPart(key: string): key is keyof typeof costPerCase.webhooks {
    return key in costPerCase.webhooks;
  }
}
