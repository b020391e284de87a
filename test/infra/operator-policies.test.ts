import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate } from '../../local/stack/template/stack-template.ts';
import { synthesizeStage } from '../../local/synthesize.ts';
import { readDocumentedPolicy } from '../support/documented-policy.ts';
import { type Grant, grantAllows } from './policy-evaluator.ts';
import { liveStage } from './synthesized.ts';

const policies = ['secrets', 'cases', 'reconcile', 'republish', 'new-generations'] as const;

let outputs: Record<string, string>;
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'operator-policies-'));
  const assembly = await readCloudAssembly(await synthesizeStage(liveStage, directory));
  const { stackName } = assembly;
  const template = resolveTemplate(assembly, {
    stackName,
    sqsEndpoint: 'http://sqs',
    streamLabel: 'label',
  });
  outputs = { ...template.outputs(), StackName: stackName };
  await rm(directory, { recursive: true });
});

const allows = (grants: readonly Grant[], action: string, resource: string) =>
  grants.some((grant) => grantAllows(grant, { action, resource }));
const secretArn = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}`;

/** `npm run test:deployed` proves that the rights of each policy are enough. */
describe.each(policies)('the policy of operators %s-policy.json', (name) => {
  test('names the resources of the stack, and single actions that delete nothing', async () => {
    const grants = await readDocumentedPolicy(`operators/${name}-policy`, outputs);
    expect(grants.length).toBeGreaterThan(1);
    for (const { action, resource } of grants) {
      expect(action).toMatch(/^(dynamodb|s3|secretsmanager|kms):(?!Delete)[A-Za-z]+$/);
      const known = Object.values(outputs).filter((value) => resource.includes(value));
      expect(known, `${action} on ${resource}`).not.toEqual([]);
    }
  });

  test('allows the key only through the services that use it', async () => {
    const grants = await readDocumentedPolicy(`operators/${name}-policy`, outputs);
    const services = new Set(
      grants.map(({ action }) => action.split(':')[0]).filter((each) => each !== 'kms'),
    );
    const ofKey = grants.filter(({ action }) => action.startsWith('kms:'));
    expect(ofKey).not.toEqual([]);
    for (const { resource, conditions } of ofKey) {
      expect(resource).toBe(outputs.EncryptionKeyArn);
      const via = [conditions?.StringLike?.['kms:ViaService']].flat();
      expect(new Set(via)).toEqual(new Set([...services].map((service) => `${service}.*`)));
    }
  });

  test('allows no secret of another stack', async () => {
    const grants = await readDocumentedPolicy(`operators/${name}-policy`, outputs);
    const action = 'secretsmanager:GetSecretValue';
    const readsSecrets = !['republish', 'new-generations'].includes(name);
    expect(allows(grants, action, secretArn('idv-webhooks-live/idnow/api-a1B2c3'))).toBe(readsSecrets);
    expect(allows(grants, action, secretArn('idv-webhooks-live2/idnow/api-a1B2c3'))).toBe(false);
    expect(allows(grants, action, secretArn('another-secret-a1B2c3'))).toBe(false);
  });
});
