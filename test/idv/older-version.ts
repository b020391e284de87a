import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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
  // Node's own `cp` takes several times the CPU time.
  await promisify(execFile)('cp', ['-R', join(root, 'shared'), directory]);
  const source = await readFile(join(directory, file), 'utf8');
  if (!source.includes(text)) throw new Error(`${file} does not contain ${text}`);
  await writeFile(join(directory, file), source.replace(text, older));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** Builds the readers of a version that does not know IDnow's status `SUCCESS`. */
export async function readersWithoutSuccess(): Promise<Readers> {
  const older = await olderVersion(
    'shared/providers/idnow/statuses.ts',
    '  SUCCESS: {',
    '  NOT_YET_KNOWN: {',
  );
  return buildReaders(older.directory).finally(older.remove);
}
