import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copied = ['dist', 'functions', 'infra', 'local', 'shared', 'cdk.json', 'package.json', 'tsconfig.json'];

export interface ProjectCopy {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Copies the project without its DynamoDB emulator. The copy is like a project on a platform for which no emulator is
 * installed.
 */
export function projectWithoutEmulator(): Promise<ProjectCopy> {
  return projectCopy((name) => name !== '@dynoxide' && name !== 'dynoxide');
}

/**
 * Copies the code of the project. The packages of the copy are links to the project's packages.
 *
 * @param hasPackage returns true for each name of a package or a scope that the copy must have
 */
export async function projectCopy(hasPackage = (_name: string) => true): Promise<ProjectCopy> {
  const directory = await freeDirectory();
  // A fresh checkout has no `dist`.
  const existing = copied.map((name) => join(root, name)).filter(existsSync);
  // `-p` keeps the modification times of the copied files. Otherwise a function bundle could be older than its source,
  // and would be built again. Node's own `cp` takes a second of CPU time for these files.
  await promisify(execFile)('cp', ['-Rp', ...existing, directory]);
  await mkdir(join(directory, 'node_modules'));
  const packages = await readdir(join(root, 'node_modules'));
  for (const name of packages.filter(hasPackage)) {
    await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name));
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/**
 * Creates the first free one of a few numbered directories. Node finds compiled code in its cache by the path of the
 * source file. So a copy with a random name would compile all of its files, and would fill the cache.
 */
async function freeDirectory(): Promise<string> {
  const parent = join(tmpdir(), `idv-webhooks-copies-of-${userInfo().username}`);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  for (let number = 1; ; number += 1) {
    const directory = join(parent, String(number));
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      // Another copy uses this directory.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
