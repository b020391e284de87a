import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate, type StackTemplate } from '../../local/stack/template/stack-template.ts';
import { synthesizeStage } from '../../local/synthesize.ts';
import { readDocumentedPolicy } from '../support/documented-policy.ts';
import { type Grant, grantAllows } from './policy-evaluator.ts';
import { liveStage } from './synthesized.ts';

let template: StackTemplate;
let consumer: Grant[];
let redrive: Grant[];
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'consumer-policy-'));
  const assembly = await readCloudAssembly(await synthesizeStage(liveStage, directory));
  const { stackName } = assembly;
  template = resolveTemplate(assembly, { stackName, sqsEndpoint: 'http://sqs', streamLabel: 'label' });
  await rm(directory, { recursive: true });
  consumer = await readDocumentedPolicy('events/consumer-policy', template.outputs());
  redrive = await readDocumentedPolicy('events/redrive-policy', template.outputs());
});

const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:idv-webhooks-live-${name}`;
const objectArn = (key: string) => `arn:aws:s3:::${template.outputs().EvidenceBucketName}/${key}`;

function allows(grants: readonly Grant[], action: string, resource: string): boolean {
  return grants.some((grant) => grantAllows(grant, { action, resource }));
}

test('the queues, the bucket and the key of the documented policies are those of the template', () => {
  const queues = template.resources('AWS::SQS::Queue').map(({ reference }) => reference.attributes.Arn);
  const key = template.outputs().EncryptionKeyArn;
  const known = [...queues, key, objectArn('findings/*'), objectArn('evidence/*')];

  const unknown = [...consumer, ...redrive].filter(({ resource }) => !known.includes(resource));

  expect(unknown).toEqual([]);
});

test("the consumer's policy allows to read events, large findings and evidence", () => {
  const events = queueArn('verification-events.fifo');
  // Lambda requires these three actions for the event source mapping of a queue.
  expect(allows(consumer, 'sqs:ReceiveMessage', events)).toBe(true);
  expect(allows(consumer, 'sqs:DeleteMessage', events)).toBe(true);
  expect(allows(consumer, 'sqs:GetQueueAttributes', events)).toBe(true);
  const path = 'idnow/idnow!demo!txn-1/20261122T101000Z';
  const keys = [
    `findings/${path}/a-version/verified.json`,
    `findings/${path}/a-version/unverified.json`,
    `evidence/${path}/000003/ident.zip`,
  ];
  for (const key of keys) expect(allows(consumer, 's3:GetObject', objectArn(key))).toBe(true);
});

test("the consumer's policy allows nothing else", () => {
  const actions = ['sqs:SendMessage', 'sqs:PurgeQueue', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'];
  const resources = [
    ...['verification-events.fifo', 'verification-events-dlq.fifo', 'evidence-jobs-idnow'].map(queueArn),
    ...['deliveries/idnow/x.gz', 'parked/x.json', 'aws/lambda/x', 'evidence/x', 'findings/x'].map(objectArn),
  ];
  const allowed = actions.flatMap((action) => resources.filter((each) => allows(consumer, action, each)));

  expect(allowed).toEqual([]);
  for (const key of ['deliveries/idnow/x.gz', 'parked/x.json', 'aws/lambda/x']) {
    expect(allows(consumer, 's3:GetObject', objectArn(key))).toBe(false);
  }
  expect(allows(consumer, 'sqs:ReceiveMessage', queueArn('verification-events-dlq.fifo'))).toBe(false);
});

test("the operator's policy allows to move dead letters of events back to the events queue, and no other messages", () => {
  const [from, to] = [queueArn('verification-events-dlq.fifo'), queueArn('verification-events.fifo')];
  expect(allows(redrive, 'sqs:StartMessageMoveTask', from)).toBe(true);
  expect(allows(redrive, 'sqs:ReceiveMessage', from)).toBe(true);
  expect(allows(redrive, 'sqs:DeleteMessage', from)).toBe(true);
  expect(allows(redrive, 'sqs:GetQueueAttributes', from)).toBe(true);
  expect(allows(redrive, 'sqs:SendMessage', to)).toBe(true);
  expect(allows(redrive, 'sqs:DeleteMessage', to)).toBe(false);
  expect(allows(redrive, 'sqs:ReceiveMessage', queueArn('evidence-jobs-idnow-dlq'))).toBe(false);
});
