import type { DifferentCase, ReaderDiff } from '../../shared/operations/reader-diff/tally-differences.ts';
import { bold, dim } from '../terminal.ts';
import { formatTable } from './format-table.ts';

/** Formats what two versions of the readers say differently: by field, by outcome and by case. */
export function formatReaderDiff(diff: ReaderDiff, revision: string): string[] {
  const { compared, different, gone, fields, outcomes, differentCases, cases } = diff;
  const summary = `${compared} deliveries and results compared, ${different} differ from ${revision}.`;
  const missing = gone === 0 ? [] : [`${gone} could not be compared, because their bytes are gone.`];
  if (different === 0) return [summary, ...missing];
  const counted = Object.entries(fields).map(([field, count]) => [field, String(count)]);
  const changes = outcomes.map(({ before, after, count }) => [
    before,
    before === after ? '(the same)' : after,
    String(count),
  ]);
  const more = differentCases - cases.length;
  return [
    '',
    bold('By field'),
    ...formatTable(['field', 'count'], counted),
    '',
    bold('By outcome'),
    ...formatTable([revision, 'working tree', 'count'], changes),
    '',
    bold('By case'),
    ...cases.flatMap(formatCase),
    ...(more > 0 ? [dim(`… and ${more} more cases: --max lists them`)] : []),
    '',
    summary,
    ...missing,
  ];
}

function formatCase({ subject, source, before, after, leaves }: DifferentCase): string[] {
  const state = before === after ? before : `${before} → ${after}`;
  return [
    `${bold(subject)}  ${source}  ${state}`,
    ...leaves.map((leaf) => `  ${leaf.path}: ${formatValue(leaf.before)} → ${formatValue(leaf.after)}`),
  ];
}

const formatValue = (value: unknown) => (value === undefined ? '(absent)' : JSON.stringify(value));
