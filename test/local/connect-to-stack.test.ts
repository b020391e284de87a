import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectToStack } from '../../local/operations/connect-to-stack.ts';
import { disconnect } from '../../shared/operations/stack/operated-stack.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const outputs = {
  WebhooksUrl: 'https://api.example.com/v1/webhooks/',
  VerificationsTableName: 'verifications',
  SessionsTableName: 'sessions',
  EvidenceBucketName: 'evidence',
  HistoryTableName: 'history',
  EventsQueueUrl: 'https://sqs.example.com/events.fifo',
  EventsDeadLetterQueueUrl: 'https://sqs.example.com/dead.fifo',
  IdnowEvidenceJobsQueueUrl: 'https://sqs.example.com/jobs',
  IdnowEvidenceJobsDeadLetterQueueUrl: 'https://sqs.example.com/dead-jobs',
  RelayEventsLogGroupName: 'not needed',
};

async function connect(content: unknown) {
  const file = join(folder, 'outputs.json');
  await writeFile(file, JSON.stringify(content));
  return connectToStack({ port: '8787', outputs: file });
}

test('the outputs of a deployment and its stage describe the stack', async () => {
  const stack = await connect({ 'idv-webhooks-live': outputs });
  disconnect(stack);

  expect(stack).toMatchObject({
    stackName: 'idv-webhooks-live',
    webhooksUrl: 'https://api.example.com/v1/webhooks/',
    verificationsTable: 'verifications',
    sessionsTable: 'sessions',
    evidenceBucket: 'evidence',
    historyTable: 'history',
    eventsQueueUrl: 'https://sqs.example.com/events.fifo',
    eventsDeadLetterQueueUrl: 'https://sqs.example.com/dead.fifo',
    evidenceJobs: {
      idnow: {
        queueUrl: 'https://sqs.example.com/jobs',
        deadLetterQueueUrl: 'https://sqs.example.com/dead-jobs',
      },
    },
    retentionDays: 1827,
    apiUrls: {
      idnow: 'https://gateway.idnow.de',
      id360: 'https://id360docaposte.com',
      datakeen: 'https://app.datakeen.co',
    },
    authorizationScheme: 'Basic',
  });
});

test.each([
  ['two stacks', { 'idv-webhooks-live': outputs, 'idv-webhooks-test': outputs }, 'exactly one stack'],
  ['another stack', { other: outputs }, 'exactly one stack'],
  ['an unknown stage', { 'idv-webhooks-x': outputs }, 'has no stage of idv-webhooks-x'],
  ['a missing output', { 'idv-webhooks-live': { WebhooksUrl: 'x' } }, 'exactly one stack'],
])('the outputs of %s are refused', async (_title, content, why) => {
  await expect(connect(content)).rejects.toThrow(why);
});
