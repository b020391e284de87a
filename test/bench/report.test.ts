import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type BenchRow, isGoalMet } from '../../local/bench/numbers/bench-row.ts';
import { formatRowGoal, formatRowValue } from '../../local/bench/report/format-row.ts';
import { formatResultTable } from '../../local/bench/report/table-lines.ts';
import { replaceGeneratedPart } from '../../local/bench/report/update-document.ts';

const row: BenchRow = { id: 'a', measure: 'a measure', value: 0.404, unit: 'ratio', goal: 0.4, detail: 'd' };

test.each<[string, number, number | null, boolean | null]>([
  ['a value below the goal meets it', 1, 2, true],
  ['a value equal to the goal meets it', 2, 2, true],
  ['a value above the goal misses it, even if both look equal when they are rounded', 0.4004, 0.4, false],
  ['a row without a goal neither meets nor misses it', 3, null, null],
])('%s', (_title, value, goal, isMet) => {
  expect(isGoalMet({ value, goal })).toBe(isMet);
});

test.each<[BenchRow['unit'], number, string, string]>([
  ['calls', 2, '2', '≤ 14'],
  ['units', 22.5, '22.5', '≤ 14'],
  ['ratio', 0.404, '0.40', '≤ 14'],
  ['MB', 215.3, '215 MB', '≤ 14 MB'],
  ['flat', 1.08, '1.08', 'flat (≤ 14)'],
])('a row in %s: %d is printed as "%s", and a goal of 14 as "%s"', (unit, value, valueText, goalText) => {
  expect(formatRowValue({ value, unit })).toBe(valueText);
  expect(formatRowGoal({ goal: 14, unit })).toBe(goalText);
});

test('the table aligns its columns, and marks met and missed goals', () => {
  // Prepare
  const rows = [
    { ...row, isMet: false },
    { ...row, measure: 'a longer measure', value: 12, unit: 'calls' as const, isMet: true },
    { ...row, goal: null, isMet: null },
  ];
  // Act
  const lines = formatResultTable({ rows }).map(stripVTControlCharacters);
  // Assess
  expect(lines).toEqual([
    '    measure           value  goal   figures',
    '  ✗ a measure          0.40  ≤ 0.4  d',
    '  ✓ a longer measure     12  ≤ 0.4  d',
    '    a measure          0.40         d',
  ]);
});

describe('replaceGeneratedPart', () => {
  const begin = '<!-- npm run bench -- --docs writes the lines from here -->';
  const end = '<!-- to here -->';

  test('replaceGeneratedPart replaces the generated part of a document and nothing else', () => {
    const document = `# Title\n\n${begin}\n\nold\n\n${end}\n\nText.\n`;
    expect(replaceGeneratedPart(document, 'new')).toBe(`# Title\n\n${begin}\n\nnew\n\n${end}\n\nText.\n`);
  });

  test('replaceGeneratedPart refuses a document without a generated part', () => {
    expect(() => replaceGeneratedPart(`# Title\n${begin}\n`, 'new')).toThrow('no part between');
  });
});
