import { globSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyDiff } from './apply-diff.ts';
import { type ProjectCopy, projectCopy } from './project-copy.ts';

const fixture = fileURLToPath(new URL('../fixtures/fourth-provider', import.meta.url));

/** The files that add the fictional provider Acme to the project: its code, and diffs for the three lists of providers. */
export const fixtureFiles = globSync('**/*.{ts,diff}', { cwd: fixture }).toSorted();

export function readFixture(file: string): Promise<string> {
  return readFile(join(fixture, file), 'utf8');
}

/** Copies the project, and adds the fictional provider Acme to the copy, as `docs/add-a-provider.md` describes. */
export async function projectWithFourthProvider(): Promise<ProjectCopy> {
  const copy = await projectCopy();
  for (const file of fixtureFiles) {
    const target = join(copy.directory, file.replace(/\.diff$/, ''));
    if (file.endsWith('.ts')) await cp(join(fixture, file), target);
    else await writeFile(target, applyDiff(await readFile(target, 'utf8'), await readFixture(file)));
  }
  return copy;
}
