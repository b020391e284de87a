import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate, type StackTemplate } from '../../local/stack/template/stack-template.ts';
import { synthesizeStage } from '../../local/synthesize.ts';
import { readDocumentedPolicy } from '../support/documented-policy.ts';
import { type Grant, grantAllows, grantsByFunction, itemPermission } from './policy-evaluator.ts';
import { liveStage } from './synthesized.ts';

let template: StackTemplate;
let policy: Grant[];
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'import-policy-'));
  const assembly = await readCloudAssembly(await synthesizeStage(liveStage, directory));
  const { stackName } = assembly;
  template = resolveTemplate(assembly, { stackName, sqsEndpoint: 'http://sqs', streamLabel: 'label' });
  await rm(directory, { recursive: true });
  policy = await readDocumentedPolicy('providers/shootid-import-policy', template.outputs());
});

const row = (action: string, key?: string) =>
  itemPermission(`dynamodb:${action}`, template.outputs().VerificationsTableName ?? '', key);
const object = (action: string, key: string) => ({
  action: `s3:${action}`,
  resource: `arn:aws:s3:::${template.outputs().EvidenceBucketName}/${key}`,
});
const allows = (permission: Parameters<typeof grantAllows>[1]) =>
  policy.some((grant) => grantAllows(grant, permission));

test('the policy of an import allows to write verifications and evidence of ShootID', () => {
  const needed = [
    row('GetItem', 'shootid:1'),
    row('PutItem', 'shootid:1'),
    object('GetObject', 'evidence/shootid/shootid!1/20261122T101000Z/000001/result.json'),
    object('PutObject', 'evidence/shootid/shootid!1/20261122T101000Z/000001/manifest.json'),
    object('PutObject', 'findings/shootid/shootid!1/20261122T101000Z/1.a/unverified.json'),
    object('PutObject', 'unconfirmed/shootid/shootid!1/20261122T101000Z/1.json'),
  ];
  expect(needed.filter((permission) => !allows(permission))).toEqual([]);
});

test('the policy of an import allows nothing about another provider, and no deletion', () => {
  const forbidden = [
    ...['idnow:democompany:1', 'id360:1', 'datakeen:1', 'shootidx:1'].flatMap((key) => [
      row('GetItem', key),
      row('PutItem', key),
    ]),
    row('Scan'),
    row('DeleteItem', 'shootid:1'),
    object('GetObject', 'evidence/id360/x'),
    object('PutObject', 'findings/idnow/x'),
    object('PutObject', 'unconfirmed/idnow/x'),
    object('DeleteObject', 'evidence/shootid/x'),
  ];
  expect(forbidden.filter(allows)).toEqual([]);
});

test('no function of the stack may read or write a verification of ShootID', () => {
  const found = [...grantsByFunction(template)].flatMap(([name, grants]) =>
    [row('GetItem', 'shootid:1'), row('PutItem', 'shootid:1')].flatMap((permission) =>
      grants.some((grant) => grantAllows(grant, permission)) ? [name] : [],
    ),
  );
  expect(found).toEqual([]);
});
