import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { MissingEmulatorError } from '../errors.ts';

/** The command that starts dynoxide, the installed DynamoDB emulator. */
export interface DynoxideCommand {
  readonly command: readonly [program: string, ...args: string[]];
  /**
   * True if our lock file determines the version of dynoxide. The launcher package is not in the lock file, so its
   * dynoxide can have any version.
   */
  readonly isLocked: boolean;
}

const Launcher = z.object({
  bin: z.union([z.string(), z.object({ dynoxide: z.string() }).transform(({ dynoxide }) => dynoxide)]),
});

/**
 * Finds the DynamoDB emulator dynoxide. The first choice is the binary for Linux on x64, which `npm ci` installs. The
 * second choice is the launcher package `dynoxide`, which has the binaries for other platforms. Some package registries
 * lack those binaries, so our lock file does not contain the launcher package.
 *
 * @param base the file or URL from which packages are resolved
 * @throws MissingEmulatorError if neither package is installed
 */
export function findDynoxideCommand(base: string): DynoxideCommand {
  const { resolve } = createRequire(base);
  const binary = installed(() => resolve('@dynoxide/linux-x64/dynoxide'));
  if (binary !== undefined) return { command: [binary], isLocked: true };
  const manifest = installed(() => resolve('dynoxide/package.json'));
  if (manifest === undefined) throw new MissingEmulatorError();
  const { bin } = Launcher.parse(createRequire(base)(manifest));
  const launcher = join(dirname(manifest), bin);
  return { command: isNodeScript(launcher) ? [process.execPath, launcher] : [launcher], isLocked: false };
}

function installed(resolve: () => string): string | undefined {
  try {
    return resolve();
  } catch {
    return undefined;
  }
}

/**
 * Returns true if the launcher of the emulator dynoxide is a Node.js script. In another version of the launcher
 * package, it may be a binary.
 */
function isNodeScript(file: string): boolean {
  return /\.[cm]?js$/.test(file) || /^#!.*\bnode\b/.test(beginningOf(file));
}

function beginningOf(file: string): string {
  const bytes = Buffer.alloc(64);
  const descriptor = openSync(file, 'r');
  try {
    return bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
