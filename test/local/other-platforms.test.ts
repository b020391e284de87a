import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { npmStartIn, type RunningStart } from '../support/npm-start.ts';
import { projectWithoutEmulator } from '../support/project-copy.ts';

const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
const timeoutMs = 200_000;

/** The script of the npm package `dynoxide`: it runs the DynamoDB emulator's binary as a child process. */
const launcherScript = `#!/usr/bin/env node
const { spawn } = require('node:child_process');
const child = spawn(${JSON.stringify(binary)}, process.argv.slice(2), { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
`;

async function installLauncher(directory: string): Promise<void> {
  const launcher = join(directory, 'node_modules/dynoxide');
  await mkdir(join(launcher, 'bin'), { recursive: true });
  const manifest = { name: 'dynoxide', version: '9.9.9', bin: { dynoxide: 'bin/dynoxide' } };
  await writeFile(join(launcher, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(launcher, 'bin/dynoxide'), launcherScript);
}

/** Starts a copy of the project, which has no DynamoDB emulator. Stops and removes the copy at the end of the test. */
async function startCopy(
  { onTestFinished }: TestContext,
  prepare: (directory: string) => Promise<void> = async () => undefined,
): Promise<RunningStart> {
  const { directory, remove } = await projectWithoutEmulator();
  await prepare(directory);
  const started = npmStartIn(directory, '--no-demo', '--port', '0');
  onTestFinished(async () => {
    started.process.kill('SIGKILL');
    await started.exited;
    await remove();
  });
  return started;
}

interface Described {
  readonly endpoints: { readonly dynamodb: string };
}

/** Waits until the local stack serves, and returns the port of its DynamoDB emulator. */
async function emulatorPort(started: RunningStart): Promise<string> {
  const url = await eventually(
    () => {
      const [, found] = /GET {2}(http:\S+)\/_local/.exec(started.output()) ?? [];
      if (found === undefined) throw new Error(`not serving yet:\n${started.output()}`);
      return found;
    },
    { timeoutMs },
  );
  const described: Described = JSON.parse(await (await fetch(`${url}/_local`)).text());
  return new URL(described.endpoints.dynamodb).port;
}

/** Returns the command lines of the script and its binary on this port, without the shell that watches them. */
async function emulatorProcesses(port: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter((command) => command.includes(`--port\0${port}`) && !command.startsWith('sh\0'));
}

describe.concurrent('npm start without the binary for Linux on x64', { timeout: 240_000 }, () => {
  it('npm start without an emulator prints the install command and exits with 1', async (context) => {
    const started = await startCopy(context);

    const code = await started.exited;

    expect(code).toBe(1);
    expect(started.errors().trim()).toBe('npm install --no-save dynoxide');
    expect(started.output()).toContain(
      `no DynamoDB emulator for ${process.platform}-${process.arch} is installed`,
    );
    expect(started.output().match(/npm install/g)).toHaveLength(1);
  });

  it.for(['SIGINT', 'SIGKILL'] as const)(
    'npm start runs the DynamoDB emulator from the npm package dynoxide, and the signal %s ends the emulator too',
    async (signal, context) => {
      // Prepare
      const started = await startCopy(context, installLauncher);
      const port = await emulatorPort(started);
      const running = await emulatorProcesses(port);

      // Act
      started.process.kill(signal);
      await started.exited;

      // Assess
      expect(running, 'the launcher, and the binary that it started').toHaveLength(2);
      await eventually(async () => expect(await emulatorProcesses(port)).toEqual([]));
    },
  );

  it('the README contains the command that installs the DynamoDB emulator', async () => {
    const readme = await readFile('README.md', 'utf8');

    expect(readme.split('\n')).toContain('npm install --no-save dynoxide');
  });
});
