import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { MissingEmulatorError } from '../errors.ts';

/** The command that starts the installed DynamoDB emulator. */
export interface DynoxideCommand {
  readonly command: readonly [program: string, ...args: string[]];
  /**
   * True if the emulator has the version in our lock file. An emulator from the launcher package can have any version.
   */
  readonly isLocked: boolean;
}

const Launcher = z.object({
  bin: z.union([z.string(), z.object({ dynoxide: z.string() }).transform(({ dynoxide }) => dynoxide)]),
});

/**
 * Finds dynoxide: first the binary for Linux on x64, which `npm ci` installs, then the launcher package `dynoxide`,
 * which has the binaries for other platforms. Some registries lack those binaries, so our lock file does not contain
 * them.
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

/** Checks whether the launcher is a Node.js script. A later version of the launcher may be a binary. */
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
