import { readFileSync } from 'node:fs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import type { Fault } from '../../shared/operations/doctor/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

async function faultsOf(): Promise<{ code: number; faults: Fault[] }> {
  const { code, out } = await idv(sut, 'doctor', '--json');
  return { code, faults: JSON.parse(out).faults };
}

test('a stack that works is healthy, and the doctor says what it checked', async () => {
  const ident = makeIdent({ companyId, transactionNumber: 'fine', state: 'SUCCESS', time: new Date() });
  sut.simulator.put(ident);
  await sut.post(ident);
  await sut.events.receive(`idnow:${companyId}:fine`, 2);

  const { code, out } = await idv(sut, 'doctor');

  expect(out).toContain('✓ local is healthy');
  expect(out).toContain(
    'checked: events queue, evidence jobs, relay, quarantine, lookups, secrets, parked objects, silent providers, alarms',
  );
  expect(code).toBe(0);
});

test('something that is not urgent is found, with exit code 0', async () => {
  await sut.post({ unknown: 'shape' });

  const { code, faults } = await faultsOf();

  expect(faults).toMatchObject([
    {
      urgency: 'soon',
      what: '1 delivery of idnow is in the open quarantine',
      command: 'idv quarantine list',
    },
  ]);
  expect(code).toBe(0);
});

test('everything that is wrong is found, the most urgent first, with its runbook entry and exit code 1', async () => {
  const { outputs, endpoints, credentials, region } = sut.system.stack;
  const send = (QueueUrl: string | undefined, group: object = {}) =>
    sut.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}', ...group }));
  await send(outputs.EventsDeadLetterQueueUrl, { MessageGroupId: 'g', MessageDeduplicationId: 'd' });
  await send(outputs.IdnowEvidenceJobsDeadLetterQueueUrl);
  await send(outputs.IdnowEvidenceJobsDeadLetterQueueUrl);
  await sut.s3.send(
    new PutObjectCommand({ Bucket: outputs.EvidenceBucketName, Key: 'parked/idnow/x.json', Body: '{}' }),
  );
  const secrets = new SecretsManagerClient({ region, credentials, endpoint: endpoints.secretsmanager });
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: 'idv-webhooks-local/datakeen/api',
      SecretString: '{"username":"only","password":7}',
    }),
  );
  secrets.destroy();
  for (let count = 1; count <= 10; count++) await sut.post({}, { headers: {} });

  const { code, faults } = await eventually(async () => {
    const found = await faultsOf();
    expect(found.faults).toHaveLength(6);
    return found;
  });

  expect(faults.map(({ urgency, what }) => [urgency, what])).toEqual([
    ['urgent', expect.stringMatching(/^The api secret of datakeen is malformed: /)],
    ['urgent', '1 message or record is parked'],
    ['urgent', '1 event is in the dead-letter queue'],
    ['urgent', '2 evidence jobs of idnow were given up'],
    ['soon', 'idnow: Ten webhooks in 15 minutes have a missing or wrong credential.'],
    ['soon', '1 delivery of idnow is in the open quarantine'],
  ]);
  expect(code).toBe(1);
  const headings = readFileSync('docs/runbook.md', 'utf8').split('\n');
  for (const { runbook } of faults) expect(headings).toContain(`## ${runbook}`);
  expect((await idv(sut, 'doctor')).out).toContain('docs/runbook.md#something-is-parked');
  expect(JSON.stringify(faults), 'no part of a secret').not.toContain('only');
});
