import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { ConfigurationError } from '../../shared/platform/errors.ts';

const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts Chromium without a window.
 *
 * @throws ConfigurationError if this machine has no Chromium. The variable `CHROMIUM` names one at an unusual path
 */
export function launchChromium(): Promise<Browser> {
  const { CHROMIUM } = process.env;
  const executablePath = [...(CHROMIUM === undefined ? [] : [CHROMIUM]), ...usualPaths].find(isExecutable);
  if (executablePath === undefined)
    throw new ConfigurationError(
      'This machine has no Chromium: install it ("apt-get install chromium"), or name it in the variable CHROMIUM',
    );
  // Chromium refuses to start its sandbox for root. The pages are our own, from this machine.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
