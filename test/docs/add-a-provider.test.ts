import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixtureFiles, readFixture } from '../support/fourth-provider.ts';

/** Reads the code blocks of `docs/add-a-provider.md`, by file name. The bold line above a block is its file name. */
async function readBlocks(): Promise<Map<string, string>> {
  const text = await readFile(
    fileURLToPath(new URL('../../docs/add-a-provider.md', import.meta.url)),
    'utf8',
  );
  const blocks = [...text.matchAll(/^\*\*(\S+)\*\*\n\n```(ts|diff)\n([\s\S]*?)^```$/gm)];
  return new Map(
    blocks.map(([, file = '', language, code = '']) => [language === 'diff' ? `${file}.diff` : file, code]),
  );
}

test('docs/add-a-provider.md shows each file of the example provider that the tests build', async () => {
  expect([...(await readBlocks()).keys()].toSorted()).toEqual(fixtureFiles);
});

test.each(fixtureFiles)(
  "docs/add-a-provider.md shows the complete text of the example provider's file %s",
  async (file) => {
    expect((await readBlocks()).get(file)).toBe(await readFixture(file));
  },
);
