import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.ts';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** A reason why this machine cannot run the tests of the deployment, and what to do. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}

/** Python itself says whether it is new enough and can make virtual environments. */
const checkOfPython = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';

/**
 * Installs the emulator from PyPI into a virtual environment in the user's cache folder, unless it is there already. The
 * name of the environment contains a hash of the pinned versions.
 *
 * @returns the path of the environment's Python
 * @throws RequirementError if Python, openssl or PyPI is missing
 */
export async function installEmulator(report: (line: string) => void): Promise<string> {
  await requireProgram('python3', ['-c', checkOfPython], 'Python 3.10 or newer, with the module venv');
  await requireProgram('openssl', ['version'], 'the program openssl, which makes a certificate for HTTPS');
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'idv-webhooks');
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const environment = join(cache, `ministack-${hash.slice(0, 12)}`);
  if (!existsSync(environment)) {
    report('installing the emulator MiniStack from PyPI (once)');
    await mkdir(cache, { recursive: true });
    await createEnvironment(environment, await mkdtemp(`${environment}-`));
  }
  return join(environment, 'bin', 'python');
}

/** Creates the environment in `draft`, then renames it, so that `environment` is always complete. */
async function createEnvironment(environment: string, draft: string): Promise<void> {
  try {
    const made = await runProgram('python3', ['-m', 'venv', draft]);
    if (made.code !== 0)
      throw new RequirementError(`python3 cannot make a virtual environment:\n${made.printed}`);
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', requirements];
    const installed = await runProgram(join(draft, 'bin', 'python'), pip);
    if (installed.code !== 0) throw new RequirementError(explainPip(installed.printed));
    // A second run may have been faster. Its environment is as good.
    await rename(draft, environment).catch(() => undefined);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function explainPip(printed: string): string {
  const lastLines = printed.trimEnd().split('\n').slice(-5).join('\n');
  return `npm run test:deployed needs PyPI, or a mirror that pip is configured for. pip could not install MiniStack:\n${lastLines}`;
}

async function requireProgram(program: string, args: readonly string[], what: string): Promise<void> {
  const { code } = await runProgram(program, args);
  if (code !== 0) throw new RequirementError(`npm run test:deployed needs ${what}. npm test does not.`);
}
