import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate, type StackTemplate } from '../../local/stack/template/stack-template.ts';
import { synthesizeStage } from '../../local/synthesize.ts';
import { providerNames } from '../support/provider-names.ts';
import {
  type Grant,
  grantAllows,
  grantsByFunction,
  itemPermission,
  partitionKeysOf,
  type RequiredPermission,
} from './policy-evaluator.ts';
import { liveStage } from './synthesized.ts';

let template: StackTemplate;
let grants: Map<string, Grant[]>;
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'provider-isolation-'));
  const assembly = await readCloudAssembly(await synthesizeStage(liveStage, directory));
  template = resolveTemplate(assembly, {
    stackName: assembly.stackName,
    sqsEndpoint: 'http://sqs',
    streamLabel: 'label',
  });
  grants = grantsByFunction(template);
  await rm(directory, { recursive: true });
});

const grantsOf = (name: string) => grants.get(`idv-webhooks-live-${name}`) ?? [];
const mayDo = (name: string, permission: RequiredPermission) =>
  grantsOf(name).some((grant) => grantAllows(grant, permission));

/** Returns the name of the table with this partition key. */
function tableOf(partitionKey: string): string {
  const [name] = [...partitionKeysOf(template)].find(([, key]) => key === partitionKey) ?? [];
  if (name === undefined) throw new Error(`no table has the partition key ${partitionKey}`);
  return name;
}
const verification = (action: string, key?: string) =>
  itemPermission(`dynamodb:${action}`, tableOf('verificationId'), key);
const history = (action: string, key?: string) =>
  itemPermission(`dynamodb:${action}`, tableOf('subject'), key);
const session = (action: string, key?: string) =>
  itemPermission(`dynamodb:${action}`, tableOf('sessionId'), key);
const queue = (action: string, name: string): RequiredPermission => ({
  action: `sqs:${action}`,
  resource: `arn:aws:sqs:eu-west-1:000000000000:idv-webhooks-live-${name}`,
});
function object(action: string, key: string): RequiredPermission {
  return { action: `s3:${action}`, resource: `arn:aws:s3:::${template.outputs().EvidenceBucketName}/${key}` };
}

const pairs = providerNames.flatMap((own) =>
  providerNames.filter((other) => other !== own).map((other) => ({ own, other })),
);

describe.each(providerNames)('the receiver of %s', (own) => {
  const receiver = `receive-${own}`;

  test(`the receiver of ${own} may write the verifications, history and objects of ${own}`, () => {
    for (const permission of [
      verification('PutItem', `${own}:1`),
      history('PutItem', `${own}:1`),
      history('PutItem', `quarantine:${own}:2026-11-28:7`),
      object('PutObject', `deliveries/${own}/1.gz`),
      object('PutObject', `findings/${own}/1.json`),
      object('PutObject', `unconfirmed/${own}/1.json`),
    ])
      expect(mayDo(receiver, permission), JSON.stringify(permission)).toBe(true);
  });

  test(`the receiver of ${own} may not send a request without a partition key to a table`, () => {
    for (const action of ['PutItem', 'GetItem', 'UpdateItem', 'Scan', 'BatchWriteItem'])
      for (const permission of [verification(action), history(action), session(action)])
        expect(mayDo(receiver, permission), JSON.stringify(permission)).toBe(false);
  });

  test(`the receiver of ${own} may read only the webhook secret of ${own}`, () => {
    expect(secretsOf(receiver)).toEqual([`idv-webhooks-live/${own}/webhook`]);
  });
});

describe.each(pairs)('the function that requests the lookups of $own', ({ own, other }) => {
  test(`the lookups of ${own} may not read or write verifications of ${other}, and read no secret`, () => {
    const name = `request-${own}-lookups`;
    for (const action of ['GetItem', 'PutItem']) {
      expect(mayDo(name, verification(action, `${own}:1`)), action).toBe(true);
      expect(mayDo(name, verification(action, `${other}:1`)), action).toBe(false);
    }
    expect(secretsOf(name)).toEqual([]);
  });
});

describe.each(pairs)('the receiver of $own', ({ own, other }) => {
  test(`the receiver of ${own} may not write items or objects of ${other}`, () => {
    for (const permission of [
      verification('PutItem', `${other}:1`),
      history('PutItem', `${other}:1`),
      history('PutItem', `quarantine:${other}:2026-11-28:7`),
      object('PutObject', `deliveries/${other}/1.gz`),
      object('PutObject', `findings/${other}/1.json`),
      object('PutObject', `unconfirmed/${other}/1.json`),
      object('PutObject', `evidence/${own}/1`),
      object('PutObject', `evidence/${other}/1`),
    ])
      expect(mayDo(`receive-${own}`, permission), JSON.stringify(permission)).toBe(false);
  });
});

describe.each(providerNames)('the fetcher of %s', (own) => {
  const fetcher = `fetch-${own}-evidence`;

  test(`the fetcher of ${own} may use the verifications, sessions, objects and queues of ${own}`, () => {
    for (const permission of [
      verification('GetItem', `${own}:1`),
      verification('PutItem', `${own}:1`),
      session('GetItem', own),
      session('UpdateItem', `${own}:account`),
      object('GetObject', `evidence/${own}/1/manifest.json`),
      object('PutObject', `evidence/${own}/1/manifest.json`),
      object('AbortMultipartUpload', `evidence/${own}/1/ident.zip`),
      object('PutObject', `findings/${own}/1.json`),
      object('PutObject', `unconfirmed/${own}/1.json`),
      queue('ReceiveMessage', `evidence-jobs-${own}`),
      queue('ChangeMessageVisibility', `evidence-jobs-${own}`),
      queue('SendMessage', `evidence-jobs-${own}-dlq`),
    ])
      expect(mayDo(fetcher, permission), JSON.stringify(permission)).toBe(true);
  });

  test(`the fetcher of ${own} may not send a request without a partition key to a table`, () => {
    for (const action of ['PutItem', 'GetItem', 'UpdateItem', 'Scan', 'BatchWriteItem'])
      for (const permission of [verification(action), history(action), session(action)])
        expect(mayDo(fetcher, permission), JSON.stringify(permission)).toBe(false);
  });

  test(`the fetcher of ${own} may read only the API secret of ${own}`, () => {
    expect(secretsOf(fetcher)).toEqual([`idv-webhooks-live/${own}/api`]);
  });

  test(`the fetcher of ${own} may not send events or jobs`, () => {
    for (const name of ['verification-events.fifo', ...providerNames.map((each) => `evidence-jobs-${each}`)])
      expect(mayDo(fetcher, queue('SendMessage', name))).toBe(false);
  });
});

describe.each(pairs)('the fetcher of $own', ({ own, other }) => {
  test(`the fetcher of ${own} may not use items, objects or queues of ${other}`, () => {
    for (const permission of [
      verification('GetItem', `${other}:1`),
      verification('PutItem', `${other}:1`),
      session('GetItem', other),
      session('UpdateItem', `${other}:account`),
      object('GetObject', `evidence/${other}/1/manifest.json`),
      object('PutObject', `evidence/${other}/1/manifest.json`),
      object('PutObject', `findings/${other}/1.json`),
      object('PutObject', `unconfirmed/${other}/1.json`),
      object('PutObject', `deliveries/${other}/1.gz`),
      queue('ReceiveMessage', `evidence-jobs-${other}`),
      queue('DeleteMessage', `evidence-jobs-${other}`),
      queue('SendMessage', `evidence-jobs-${other}-dlq`),
    ])
      expect(mayDo(`fetch-${own}-evidence`, permission), JSON.stringify(permission)).toBe(false);
  });
});

test('the session keeper of ID360 may use only sessions of ID360', () => {
  expect(mayDo('keep-id360-session', session('UpdateItem', 'id360'))).toBe(true);
  for (const key of ['idnow:democompany', 'datakeen', undefined])
    expect(mayDo('keep-id360-session', session('UpdateItem', key))).toBe(false);
});

test('the relay may send jobs to the queue of each provider, but may not read them', () => {
  for (const provider of providerNames) {
    expect(mayDo('relay-events', queue('SendMessage', `evidence-jobs-${provider}`))).toBe(true);
    expect(mayDo('relay-events', queue('ReceiveMessage', `evidence-jobs-${provider}`))).toBe(false);
    expect(mayDo('relay-events', queue('SendMessage', `evidence-jobs-${provider}-dlq`))).toBe(false);
  }
});

/** Returns the names of the secrets that a function may read. */
function secretsOf(name: string): string[] {
  return template
    .resources('AWS::SecretsManager::Secret')
    .filter(({ reference }) =>
      mayDo(name, { action: 'secretsmanager:GetSecretValue', resource: reference.ref }),
    )
    .map(({ reference }) => reference.name);
}
