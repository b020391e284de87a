import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFile(join(root, path), 'utf8');

/** Returns the log lines that the runbook quotes after the words "log line". In a quote, `…` means any text. */
function quotedLogLines(runbook: string): string[] {
  const lists = runbook.matchAll(/log\s+line\s+(`[^`]+`(?:(?:,| or)\s+`[^`]+`)*)/g);
  return [...lists].flatMap(([, list = '']) => [...list.matchAll(/`([^`]+)`/g)].map(([, line = '']) => line));
}

test('every log line that the runbook quotes occurs in the code', async () => {
  // Prepare
  const paths = globSync('shared/**/*.ts', { cwd: root });
  const code = (await Promise.all(paths.map(read))).join('\n');

  // Act
  const quoted = quotedLogLines(await read('docs/runbook.md'));
  const unknown = quoted.filter((line) => line.split('…').some((part) => !code.includes(part)));

  // Assess
  expect(quoted.length).toBeGreaterThan(5);
  expect(unknown).toEqual([]);
});
