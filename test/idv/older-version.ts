import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildReaders, type Readers } from '../../local/idv/readers-of-revision.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the readers' sources in `shared/` with an older state of one file. */
export interface OlderVersion {
  readonly directory: string;
  remove(): Promise<void>;
}

let sourcesOfReaders: Promise<string[]> | undefined;

/** Lists the files from which the readers are built. */
async function listSourcesOfReaders(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['shared/operations/readers.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
  });
  return Object.keys(metafile.inputs);
}

/**
 * Copies the readers' sources in `shared/`, and replaces a text in one of them, as if an earlier version had been
 * written so. `idv` builds only the readers, and a copy of all files takes three times as long.
 *
 * @throws Error if the file does not contain the text
 */
export async function olderVersion(file: string, text: string, older: string): Promise<OlderVersion> {
  const directory = await mkdtemp(join(tmpdir(), 'idv-older-'));
  sourcesOfReaders ??= listSourcesOfReaders();
  for (const path of await sourcesOfReaders) {
    await mkdir(join(directory, dirname(path)), { recursive: true });
    await copyFile(join(root, path), join(directory, path));
  }
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
