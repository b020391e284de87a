import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('npm run synth with an unknown stage lists the stages, without a stack trace', async () => {
  const synth = promisify(execFile)('npm', ['run', '--silent', 'synth', '--', '-c', 'stage=nope']);

  const failure: unknown = await synth.catch((error) => error);

  expect(failure).toMatchObject({
    code: 1,
    // Our code prints the first line, and the CDK prints the second line.
    stderr: expect.stringMatching(
      /^infra\/stages\.ts has no stage "nope"; its stages are: test, live\nnode infra\/app\.ts: Subprocess exited with error 1\n$/,
    ),
  });
});

it('npm run synth with the credentials of another account refuses a live stage, without a stack trace', async () => {
  const synth = promisify(execFile)(process.execPath, ['infra/app.ts'], {
    env: {
      ...process.env,
      CDK_CONTEXT_JSON: JSON.stringify({ stage: 'live' }),
      CDK_DEFAULT_ACCOUNT: '444455556666',
    },
  });

  const failure: unknown = await synth.catch((error) => error);

  expect(failure).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^stage: account \d{12} is set, but the credentials of this shell belong to the account 444455556666\n$/,
    ),
  });
});
