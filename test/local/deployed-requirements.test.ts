import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { installEmulator } from '../deployed/emulator/install-emulator.ts';

/** The only directory in which programs are found. */
let programs: string;
beforeEach(async () => {
  programs = await mkdtemp(join(tmpdir(), 'programs-'));
  vi.stubEnv('PATH', programs);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(programs, { recursive: true });
});

const install = () => installEmulator(() => undefined);

test('test:deployed says that it needs Python if there is none', async () => {
  await expect(install()).rejects.toThrow(
    'needs Python 3.10 or newer, with the module venv. npm test does not',
  );
});

test('test:deployed says that it needs openssl if there is none', async () => {
  // A program that succeeds whatever its arguments are.
  await writeFile(join(programs, 'python3'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });

  await expect(install()).rejects.toThrow('needs the program openssl');
});
