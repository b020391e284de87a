import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areBundlesCurrent } from '../../infra/bundle-if-changed.ts';

let directory: string;
let output: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bundle-if-changed-'));
  output = join(directory, 'index.js');
  for (const name of ['index.js', 'source.ts']) await writeFile(join(directory, name), '');
});
afterAll(() => rm(directory, { recursive: true }));

const startedAt = Date.UTC(2026, 10, 22, 12);

test.each([
  ['a second before the bundling began', -1000, true],
  ['when the bundling began', 0, false],
  ['a second after the bundling began', 1000, false],
])(
  'bundles are not current if a source file changed since the bundling began: %s, %j ms, current: %j',
  async (_when, offsetMs, current) => {
    // Prepare
    const changedAt = new Date(startedAt + offsetMs);
    await utimes(join(directory, 'source.ts'), changedAt, changedAt);

    expect(await areBundlesCurrent({ startedAt, inputs: ['source.ts'] }, [output], directory)).toBe(current);
  },
);

test('bundles are not current if a source file or a bundle is missing', async () => {
  // Prepare
  const past = new Date(startedAt - 1000);
  await utimes(join(directory, 'source.ts'), past, past);
  const gone = join(directory, 'gone.js');

  expect(await areBundlesCurrent({ startedAt, inputs: ['source.ts', 'gone.ts'] }, [output], directory)).toBe(
    false,
  );
  expect(await areBundlesCurrent({ startedAt, inputs: ['source.ts'] }, [output, gone], directory)).toBe(
    false,
  );
  expect(await areBundlesCurrent({ startedAt, inputs: ['source.ts'] }, [output], directory)).toBe(true);
});
