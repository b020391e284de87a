import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, type TestContext } from 'vitest';
import { runStartCommand } from '../../local/start/command.ts';
import { eventually } from '../support/eventually.ts';
import { npmRunStart, npmStart, type RunningStart } from '../support/npm-start.ts';
import { type RunningCommand, runCommand } from '../support/run-command.ts';

/** Makes the started process end at the end of the test. */
function endedWith({ onTestFinished }: TestContext, started: RunningStart): RunningStart {
  onTestFinished(async () => {
    started.process.kill('SIGKILL');
    await started.exited;
  });
  return started;
}
const startProcess = (context: TestContext, ...args: string[]) => endedWith(context, npmStart(...args));

/** Runs the command of `npm start` in this process until the end of the test. */
function start({ onTestFinished }: TestContext, ...args: string[]): RunningCommand {
  const started = runCommand(runStartCommand, ...args);
  onTestFinished(() => started.stop());
  return started;
}

/**
 * The time limit of a start. A start takes two seconds on an idle machine, but the tests start several stacks at once,
 * often on busy machines.
 */
const timeoutMs = 200_000;

/** The part of the answer to `GET /_local` that this test reads. */
interface Described {
  readonly region: string;
  readonly resources: { readonly eventsQueueUrl: string };
  readonly endpoints: { readonly sqs: string };
}

/** Waits until the local stack serves, and returns the URL that it prints. */
const servedAt = (started: Pick<RunningStart, 'output'>) =>
  eventually(
    () => {
      const [, url] = /GET {2}(http:\S+)\/_local/.exec(started.output()) ?? [];
      if (url === undefined) throw new Error(`not serving yet:\n${started.output()}`);
      return url;
    },
    { timeoutMs },
  );

const queueUrl = (name: string) => expect.stringMatching(new RegExp(`/idv-webhooks-local-${name}$`));

/**
 * Matches the printed line of an ID360 artifact.
 *
 * @param name the artifact's name, with N in place of the enrollment's id, because the id differs in each run
 */
function archivedOfId360(name: string) {
  const path = `evidence/id360/id360!N/@/000004/${name}`;
  const escaped = path.replaceAll(/[.$]/g, '\\$&').replaceAll('N', '\\d+');
  const pattern = escaped.replace('@', '\\d{8}T\\d{6}Z');
  return expect.stringMatching(new RegExp(`^${pattern} \\d`));
}

describe.concurrent('npm start', { timeout: 240_000 }, () => {
  it('npm start plays the demo, prints its results, serves, and ends with Ctrl-C', async (context) => {
    // Prepare
    const started = startProcess(context, '--port', '0');

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
    const shown = lines.filter((line) =>
      /^(the |captured|step|a step|final|an older|#\d|evidence\/)/.test(line),
    );
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
      expect.stringMatching(
        /^evidence\/idnow\/idnow!democompany!sim-.+\/\d{8}T\d{6}Z\/000003\/ident\.json \d/,
      ),
      expect.stringMatching(
        /^evidence\/idnow\/idnow!democompany!sim-.+\/\d{8}T\d{6}Z\/000003\/ident\.zip \d/,
      ),
      expect.stringMatching(
        /^evidence\/idnow\/idnow!democompany!sim-.+\/\d{8}T\d{6}Z\/000003\/manifest\.json \d/,
      ),
      'step 1: document read 200 accepted → event 1',
      'step 2: photo checked 200 accepted → event 2',
      'the same step again 200 duplicate',
      'step 4: first challenge 200 accepted → event 3',
      'final: OK 200 accepted → event 4',
      'a step, after the result 200 stale after-final',
      '#1 verification.progressed in_progress · provisional',
      '#2 verification.progressed in_progress · provisional',
      '#3 verification.progressed in_progress · provisional',
      '#4 verification.decided completed · approved · final',
      '#5 evidence.archived completed · approved · final 9 artifacts',
      ...[
        'documents/identity/id_document_image-N00-0.jpg',
        'documents/identity/id_document_image-N00-1.jpg',
        'documents/liveness/liveness_video$0-N03-0.mp4',
        'documents/liveness/liveness_video$1-N04-0.mp4',
        'documents/selfie/selfie_image_upload-N01-0.jpg',
        'documents/selfie/selfie_image-N02-0.jpg',
        'idclaim.asice',
        'manifest.json',
        'report.json',
        'report.pdf',
      ].map(archivedOfId360),
      'the session ends 200 accepted → event 1',
      'the same webhook again 200 duplicate',
      '#1 verification.updated submitted · provisional',
      '#2 verification.decided completed · approved · final',
      '#3 evidence.archived completed · approved · final 1 artifact',
      expect.stringMatching(
        /^evidence\/datakeen\/datakeen![0-9a-f]{24}\/\d{8}T\d{6}Z\/000001\/manifest\.json \d/,
      ),
      expect.stringMatching(
        /^evidence\/datakeen\/datakeen![0-9a-f]{24}\/\d{8}T\d{6}Z\/000001\/session\.json \d/,
      ),
    ]);
    await expect(fetch(`${url}/_local`), 'nothing listens any more').rejects.toThrow();
  });

  it('npm start ends at once on Ctrl-C, even during the demo', async (context) => {
    // Prepare
    const started = startProcess(context, '--port', '0');
    await eventually(() => expect(started.output()).toContain('the user starts'), { timeoutMs });

    // Act
    started.process.kill('SIGINT');

    // Assess: the demo waits up to a minute for evidence. If `npm start` still waits for it, this limit of 40 s is exceeded.
    await eventually(() => expect(started.process.exitCode).toBe(0), { timeoutMs: 40_000 });
    expect(started.output()).not.toContain('Ctrl-C stops everything');
  });

  it('npm start ends when its parent npm process ends', async (context) => {
    // Prepare
    const npm = endedWith(context, npmRunStart('--port', '0', '--no-demo'));
    const url = await servedAt(npm);

    // Act
    npm.process.kill('SIGKILL');

    // Assess
    await eventually(() => expect(fetch(`${url}/_local`)).rejects.toThrow(), { timeoutMs: 40_000 });
  });

  it('npm start --no-demo leaves all events in the queue, and uses the credentials from --config', async (context) => {
    // Prepare
    const directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-test-'));
    const id360 = {
      apiUrl: 'http://127.0.0.1:9',
      username: 'u',
      password: 'p',
      callbackHeader: { name: 'x-callback-token', values: ['s1'] },
      urlSecrets: ['s2'],
      sourceIps: [],
    };
    const datakeen = {
      apiUrl: 'http://127.0.0.1:9',
      username: 'u',
      password: 'p',
      authorizationScheme: 'Bearer',
      urlSecrets: ['s3'],
      sourceIps: [],
    };
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
        id360,
        datakeen,
      }),
    );
    const started = start(context, '--port', '0', '--no-demo', '--config', file);
    const url = await servedAt(started);

    // Act
    const ident = { companyid: 'c1', transactionnumber: 't1', result: 'STARTED' };
    const answer = await fetch(`${url}/webhooks/idnow`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('u:p')}` },
      body: JSON.stringify({ identificationprocess: ident }),
    });

    const callback = await fetch(`${url}/webhooks/id360`, {
      method: 'POST',
      headers: { 'x-callback-token': 's1' },
      body: JSON.stringify({ id: 50123, status: 'STARTED' }),
    });

    // The signature is base64url(HMAC-SHA256(key 's3', text 'datakeen/case-1')).
    const signature = 'rRbtSRnU34J1o0WvXXe0ai-Ect0OxmpAl64u5RmEeI0';
    const webhook = await fetch(`${url}/webhooks/datakeen/case-1/${signature}`, {
      method: 'POST',
      body: JSON.stringify({ sessionId: 'session-1' }),
    });

    // Assess
    for (const each of [answer, callback, webhook]) {
      expect(await each.json()).toEqual({ status: 'accepted', sequence: 1 });
    }
    const described: Described = JSON.parse(await (await fetch(`${url}/_local`)).text());
    expect(described).toMatchObject({
      webhooks: {
        idnow: `${url}/webhooks/idnow`,
        id360: `${url}/webhooks/id360`,
        datakeen: `${url}/webhooks/datakeen`,
      },
      webhookPaths: {
        idnow: ['/webhooks/idnow'],
        id360: ['/webhooks/id360', '/webhooks/id360/{reference}/{signature}'],
        datakeen: ['/webhooks/datakeen', '/webhooks/datakeen/{reference}/{signature}'],
      },
      config: { id360, datakeen },
      simulators: {},
      resources: {
        eventsQueueUrl: queueUrl('verification-events.fifo'),
        eventsDeadLetterQueueUrl: queueUrl('verification-events-dlq.fifo'),
        evidenceJobs: Object.fromEntries(
          ['idnow', 'id360', 'datakeen'].map((provider) => [
            provider,
            {
              queueUrl: queueUrl(`evidence-jobs-${provider}`),
              deadLetterQueueUrl: queueUrl(`evidence-jobs-${provider}-dlq`),
            },
          ]),
        ),
      },
    });
    expect(described.resources).not.toHaveProperty('evidenceJobsQueueUrl');
    const sqs = new SQSClient({
      region: described.region,
      endpoint: described.endpoints.sqs,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const subjects = new Set<string>();
    await eventually(async () => {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: described.resources.eventsQueueUrl, WaitTimeSeconds: 1 }),
      );
      for (const { Body: body = '' } of messages) subjects.add(JSON.parse(body).subject);
      expect(subjects).toEqual(new Set(['idnow:c1:t1', 'id360:50123', 'datakeen:session-1']));
    });
    await eventually(() => {
      const output = started.output();
      expect(output).toContain('the demo was skipped, because of --no-demo');
      expect(output).toMatch(/\d\d:\d\d:\d\d {2}delivery {2}idnow:c1:t1 {2}accepted\n/);
      expect(output).toMatch(/event {5}idnow:c1:t1 {2}#1 verification.started +in_progress · provisional\n/);
      expect(output).toMatch(/event {5}datakeen:session-1 {2}#1 /);
      expect(output, 'a signed URL is a credential').not.toContain(signature);
    });
    await rm(directory, { recursive: true });
  });

  it('npm start explains why it plays no demo if --config sets the API of a provider', async (context) => {
    const started = start(context, '--port', '0', '--config', 'docs/local-config.example.json');

    await servedAt(started);

    const lines = started.output().split('\n');
    expect(lines.filter((line) => line.includes('no demo')).map((line) => line.trim())).toEqual([
      'idnow: no demo, because --config sets another API (http://127.0.0.1:9001) instead of the built-in simulator',
      'id360: no demo, because --config sets another API (http://127.0.0.1:9002) instead of the built-in simulator',
      'datakeen: no demo, because --config sets another API (http://127.0.0.1:9003) instead of the built-in simulator',
    ]);
    expect(started.output()).not.toContain('done');
  });

  it('a process of npm start with an invalid argument ends with the exit code 1', async (context) => {
    const started = startProcess(context, '--bogus');

    expect(await started.exited).toBe(1);
    expect(started.output()).toContain("Unknown option '--bogus'");
    expect(started.output(), 'no stack trace for a mistake of the user').not.toContain('    at ');
  });

  it.for([
    { args: ['--port', '99999'], says: '--port 99999: not a port' },
    { args: ['--config', 'no-such-file.json'], says: '--config no-such-file.json: there is no such file' },
    { args: ['--config', 'README.md'], says: '--config README.md: the file is not JSON' },
    { args: ['--config', 'package.json'], says: 'Unrecognized keys' },
  ])(
    'npm start reports invalid arguments and returns the exit code 1: $args',
    async ({ args, says }, context) => {
      const started = start(context, ...args);

      expect(await started.exited).toBe(1);
      expect(started.output()).toContain(says);
      expect(started.output(), 'no stack trace for a mistake of the user').not.toContain('    at ');
    },
  );
});
