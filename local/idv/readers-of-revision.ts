import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { projectRootDirectory } from '../../infra/bundle.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';

const run = promisify(execFile);

/** The readers of some version of this project. */
export type Readers = typeof import('../../shared/operations/readers.ts');

const entry = 'shared/operations/readers.ts';

/** The highest size of the sources of a revision. Ours have 2 MB. */
const maxArchiveBytes = 64 * 1024 * 1024;

/**
 * Builds the readers of a git revision. The working tree and its files stay as they are.
 *
 * @param revision a branch, a tag or a commit
 * @throws ConfigurationError if there is no such revision, or it is older than `idv diff-normalizer`
 */
export async function buildReadersOfRevision(revision: string): Promise<Readers> {
  const commit = await resolveCommit(revision);
  const directory = await mkdtemp(join(tmpdir(), 'idv-readers-'));
  try {
    const { stdout } = await run('git', ['archive', '--format=tar', commit, 'shared'], {
      cwd: projectRootDirectory,
      encoding: 'buffer',
      maxBuffer: maxArchiveBytes,
    });
    await writeFile(join(directory, 'shared.tar'), stdout);
    await run('tar', ['-xf', 'shared.tar'], { cwd: directory });
    if (!existsSync(join(directory, entry)))
      throw new ConfigurationError(
        `${revision} has no ${entry}, so its readers cannot be built: choose a later revision`,
      );
    return await buildReaders(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Builds the readers of a copy of this project, with the packages of this project.
 *
 * @param directory the root of the copy, which contains `shared/`
 */
export async function buildReaders(directory: string): Promise<Readers> {
  const outfile = join(directory, 'readers.cjs');
  await build({
    entryPoints: [join(directory, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    nodePaths: [join(projectRootDirectory, 'node_modules')],
    logLevel: 'silent',
  });
  return import(pathToFileURL(outfile).href);
}

async function resolveCommit(revision: string): Promise<string> {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    return (await run('git', args, { cwd: projectRootDirectory })).stdout.trim();
  } catch (cause) {
    throw new ConfigurationError(`git has no revision ${revision} in ${projectRootDirectory}`, { cause });
  }
}
