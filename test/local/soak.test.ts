import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runSoakCommand } from '../../local/soak/command.ts';
import { eventually } from '../support/eventually.ts';
import { npmSoak } from '../support/npm-start.ts';
import { type RunningCommand, runCommand } from '../support/run-command.ts';

const running: RunningCommand[] = [];
/** Runs the command of `npm run soak` in this process. */
const soak = (...args: string[]) => {
  const started = runCommand(runSoakCommand, ...args);
  running.push(started);
  return started;
};
afterAll(() => Promise.all(running.splice(0).map((each) => each.stop())));

/** Returns a number from the soak's printed totals: the number after this title. */
function total(output: string, title: string): number {
  const [, number] = new RegExp(`^ {2}${title} +(\\d+(?: \\d{3})*)`, 'm').exec(output) ?? [];
  if (number === undefined) throw new Error(`no total "${title}" in:\n${output}`);
  return Number(number.replaceAll(' ', ''));
}

/** Returns a number from the soak's printed totals: the number before this title. */
function detail(output: string, title: string): number {
  const [, number] = new RegExp(`(\\d+) ${title}`).exec(output) ?? [];
  return Number(number);
}

const Described = z.object({
  region: z.string(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  endpoints: z.object({ sqs: z.string() }),
  resources: z.object({ eventsQueueUrl: z.string() }),
});

/** Deletes one message from the events queue before the soak's consumers receive it. */
async function stealAnEvent(started: RunningCommand): Promise<void> {
  const url = await eventually(
    () => {
      const [, found] = /GET (http:\S+)/.exec(started.output()) ?? [];
      if (found === undefined) throw new Error(`not started yet:\n${started.output()}`);
      return found;
    },
    { timeoutMs: 90_000 },
  );
  const { region, credentials, endpoints, resources } = Described.parse(await (await fetch(url)).json());
  const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  const QueueUrl = resources.eventsQueueUrl;
  await eventually(
    async () => {
      // One long wait: between short ones, the soak's consumers would receive all events of a short soak.
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
      expect(Messages).toHaveLength(1);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
    },
    { timeoutMs: 60_000 },
  );
  sqs.destroy();
}

describe.concurrent('npm run soak', { timeout: 300_000 }, () => {
  it('a soak plays every kind of case, prints totals that add up, and loses nothing', async () => {
    // Prepare: the soak plays 19 kinds of cases in turn, so 19 cases at once include each kind.
    const started = soak('--webhooks', '60', '--cases', '19', '--instances', '1');

    // Act
    const code = await started.exited;

    // Assess
    const output = started.output();
    expect(output).toContain('✓ nothing is lost');
    expect(code).toBe(0);
    const others = ['duplicate', 'stale', 'quarantined', 'refused'].map((title) => detail(output, title));
    for (const count of others.slice(0, 3)) expect(count).toBeGreaterThan(0);
    const sum = others.reduce((total, count) => total + count, total(output, 'accepted'));
    expect(total(output, 'sent')).toBe(sum);
    expect(total(output, 'published')).toBeGreaterThan(total(output, 'accepted'));
    expect(total(output, 'archived')).toBeGreaterThan(10);
    expect(total(output, 'lost')).toBe(0);
    expect(total(output, 'misdelivered')).toBe(0);
    expect(output).toMatch(/time +sent +rate +published +archived/);
  });

  it('a soak counts an event that never reaches its consumer as lost, and exits with 1', async () => {
    // Prepare
    const started = soak(
      '--webhooks',
      '8',
      '--rate',
      '4',
      '--cases',
      '3',
      '--patience',
      '8',
      '--instances',
      '1',
    );

    // Act
    await stealAnEvent(started);
    const code = await started.exited;

    // Assess
    expect(total(started.output(), 'lost')).toBeGreaterThan(0);
    expect(started.output()).toContain('✗ something is lost');
    expect(code).toBe(1);
  });

  it('a process of the soak with an invalid option prints the usage and exits with 1', async () => {
    const started = npmSoak('--minutes', 'two');

    expect(await started.exited).toBe(1);
    expect(started.output()).toContain('--minutes takes a number above 0, not "two"');
    expect(started.output()).toContain('Usage: npm run soak');
  });
});
