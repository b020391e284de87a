import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { npmRunStart, npmStart, type RunningStart } from '../support/npm-start.ts';

const running: RunningStart[] = [];
const start = (...args: string[]) => {
  const started = npmStart(...args);
  running.push(started);
  return started;
};
afterEach(async () => {
  for (const { process, exited } of running.splice(0)) {
    process.kill('SIGKILL');
    await exited;
  }
});

/** The address that it invites to, once it serves. */
const servedAt = (started: RunningStart) =>
  eventually(
    () => {
      const [, url] = /GET {2}(http:\S+)\/_local/.exec(started.output()) ?? [];
      if (url === undefined) throw new Error(`not serving yet:\n${started.output()}`);
      return url;
    },
    { timeoutMs: 50_000 },
  );

describe('npm start', () => {
  it('plays the demo, shows what comes of it, serves, and ends with Ctrl-C', async () => {
    // Prepare
    const started = start('--port', '0');

    // Act
    const url = await servedAt(started);
    const local = await fetch(`${url}/_local`);
    started.process.kill('SIGINT');
    const code = await started.exited;

    // Assess
    expect(local.status).toBe(200);
    expect(code).toBe(0);
    const lines = started
      .output()
      .split('\n')
      .map((line) => line.trim().replaceAll(/ +/g, ' '));
    const shown = lines.filter((line) => /^(the |captured|final|an older|#\d|evidence\/)/.test(line));
    expect(shown).toEqual([
      'the user starts 200 accepted → event 1',
      'captured, waits for a check 200 accepted → event 2',
      'the same check again 200 duplicate',
      'final: success, data changed 200 accepted → event 3',
      'an older check, after the result 200 stale after-final',
      '#1 verification.started in_progress · provisional',
      '#2 verification.updated in_review · provisional',
      '#3 verification.decided completed · approved · final · data_changed',
      '#4 evidence.archived completed · approved · final · data_changed 2 artifacts',
      expect.stringMatching(/^evidence\/idnow\/idnow!democompany!sim-.+\/000003\/ident\.json \d/),
      expect.stringMatching(/^evidence\/idnow\/idnow!democompany!sim-.+\/000003\/ident\.zip \d/),
      expect.stringMatching(/^evidence\/idnow\/idnow!democompany!sim-.+\/000003\/manifest\.json \d/),
    ]);
    await expect(fetch(`${url}/_local`), 'nothing listens any more').rejects.toThrow();
  });

  it('ends at once with Ctrl-C in the middle of the demo', async () => {
    // Prepare
    const started = start('--port', '0');
    await eventually(() => expect(started.output()).toContain('the user starts'), { timeoutMs: 50_000 });

    // Act
    started.process.kill('SIGINT');

    // Assess: well below the minute that the demo waits for evidence.
    await eventually(() => expect(started.process.exitCode).toBe(0), { timeoutMs: 15_000 });
    expect(started.output()).not.toContain('Ctrl-C stops everything');
  });

  it('ends with the npm that started it, however that ends', async () => {
    // Prepare
    const npm = npmRunStart('--port', '0', '--no-demo');
    running.push(npm);
    const url = await servedAt(npm);

    // Act
    npm.process.kill('SIGKILL');

    // Assess
    await eventually(() => expect(fetch(`${url}/_local`)).rejects.toThrow(), { timeoutMs: 15_000 });
  });

  it('reads nothing from the queue without the demo, and takes the credentials of --config', async () => {
    // Prepare
    const directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-test-'));
    const file = join(directory, 'config.json');
    await writeFile(
      file,
      JSON.stringify({
        idnow: {
          apiUrl: 'http://127.0.0.1:9',
          accounts: [{ companyId: 'c1', apiKey: 'k' }],
          basicAuth: [{ username: 'u', password: 'p' }],
          sourceIps: ['127.0.0.1/32'],
          signingKeys: [],
        },
        id360: { apiUrl: 'http://127.0.0.1:9' },
      }),
    );
    const started = start('--port', '0', '--no-demo', '--config', file);
    const url = await servedAt(started);

    // Act
    const ident = { companyid: 'c1', transactionnumber: 't1', result: 'STARTED' };
    const answer = await fetch(`${url}/webhooks/idnow`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('u:p')}` },
      body: JSON.stringify({ identificationprocess: ident }),
    });

    // Assess
    expect(await answer.json()).toEqual({ status: 'accepted', sequence: 1 });
    const described: { region: string; resources: Record<string, string>; endpoints: { sqs: string } } =
      JSON.parse(await (await fetch(`${url}/_local`)).text());
    const sqs = new SQSClient({
      region: described.region,
      endpoint: described.endpoints.sqs,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await eventually(async () => {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: described.resources.eventsQueueUrl, WaitTimeSeconds: 1 }),
      );
      expect(messages).toHaveLength(1);
    });
    await rm(directory, { recursive: true });
  });

  it.each([
    { args: ['--bogus'], says: "Unknown option '--bogus'" },
    { args: ['--port', '99999'], says: '--port 99999: not a port' },
    { args: ['--config', 'no-such-file.json'], says: '--config no-such-file.json: there is no such file' },
    { args: ['--config', 'README.md'], says: '--config README.md: the file is not JSON' },
    { args: ['--config', 'package.json'], says: 'Unrecognized keys' },
  ])('says what is wrong with $args', async ({ args, says }) => {
    const started = start(...args);

    expect(await started.exited).toBe(1);
    expect(started.output()).toContain(says);
    expect(started.output(), 'no stack trace for a mistake of the user').not.toContain('    at ');
  });
});
