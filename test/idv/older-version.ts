import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildReaders, type Readers } from '../../local/idv/readers-of-revision.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of `shared/` with an older state of one file. */
export interface OlderVersion {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Copies `shared/`, and replaces a text in one of its files, as if an earlier version had been written so.
 *
 * @throws Error if the file does not contain the text
 */
export async function olderVersion(file: string, text: string, older: string): Promise<OlderVersion> {
  const directory = await mkdtemp(join(tmpdir(), 'idv-older-'));
  await cp(join(root, 'shared'), join(directory, 'shared'), { recursive: true });
  const source = await readFile(join(directory, file), 'utf8');
  if (!source.includes(text)) throw new Error(`${file} does not contain ${text}`);
  await writeFile(join(directory, file), source.replace(text, older));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

let withoutSuccess: Promise<Readers> | undefined;

/** Returns the readers of a version that does not know IDnow's status `SUCCESS`. The test files of a process share them. */
export function readersWithoutSuccess(): Promise<Readers> {
  withoutSuccess ??= buildReadersWithoutSuccess();
  return withoutSuccess;
}

async function buildReadersWithoutSuccess(): Promise<Readers> {
  const older = await olderVersion(
    'shared/providers/idnow/statuses.ts',
    '  SUCCESS: {',
    '  NOT_YET_KNOWN: {',
  );
  return buildReaders(older.directory).finally(older.remove);
}
