import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

function runDiff(args: string[], path = '') {
  const env = { ...process.env, PATH: `${path}:${process.env.PATH}` };
  return promisify(execFile)(process.execPath, ['local/diff.ts', ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('npm run diff compares a stage, passes further options on, and returns the exit code of the CDK', async () => {
  // Prepare: a CDK command line that only prints its arguments
  const directory = await mkdtemp(join(tmpdir(), 'fake-cdk-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, 'cdk'), '#!/bin/sh\necho "$@"\nexit 3\n', { mode: 0o755 });

  // Act
  const { code, stdout } = await runDiff(['live', '--strict'], directory);

  // Assess
  expect([code, stdout]).toEqual([3, 'diff --context stage=live --strict\n']);
});

test.each([
  ['no stage', [], /^Usage: npm run diff -- STAGE/],
  ['an option instead of a stage', ['--strict'], /^Usage: npm run diff -- STAGE/],
  ['an unknown stage', ['nope'], /has no stage "nope"; its stages are: test, live/],
])('npm run diff with %s explains what to do, and calls no CDK', async (_title, args, text) => {
  expect(await runDiff(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(text) });
});
