import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { MissingEmulatorError } from '../errors.ts';

/** How to start the DynamoDB emulator that is installed. */
export interface DynoxideCommand {
  readonly command: readonly [program: string, ...args: string[]];
  /** True for the version in our lock file. A launcher may bring any version. */
  readonly locked: boolean;
}

const Launcher = z.object({
  bin: z.union([z.string(), z.object({ dynoxide: z.string() }).transform(({ dynoxide }) => dynoxide)]),
});

/**
 * Finds dynoxide: the binary for Linux on x64, which `npm ci` installs, else the launcher package `dynoxide`, which brings
 * the binary of any other platform. Some registries lack those binaries, so the lock file cannot name them.
 *
 * @param base a file or URL: packages are looked up from there, as an `import` in it would do
 * @throws MissingEmulatorError if neither is installed
 */
export function dynoxideCommand(base: string): DynoxideCommand {
  const { resolve } = createRequire(base);
  const binary = installed(() => resolve('@dynoxide/linux-x64/dynoxide'));
  if (binary !== undefined) return { command: [binary], locked: true };
  const manifest = installed(() => resolve('dynoxide/package.json'));
  if (manifest === undefined) throw new MissingEmulatorError();
  const { bin } = Launcher.parse(createRequire(base)(manifest));
  const launcher = join(dirname(manifest), bin);
  return { command: isNodeScript(launcher) ? [process.execPath, launcher] : [launcher], locked: false };
}

function installed(resolve: () => string): string | undefined {
  try {
    return resolve();
  } catch {
    return undefined;
  }
}

/** The launcher is a script today. A later version, or a link to the binary, may be a program. */
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
