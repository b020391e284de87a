import { describe, expect, test } from 'vitest';
import { caseAreas } from '../../shared/retention/case-areas.ts';
import { providerNames } from '../support/provider-names.ts';
import { evidenceBucketId, synthesizeForTest } from './synthesized.ts';

const { template } = synthesizeForTest();

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

interface Policy {
  /** The logical ids of the roles that have the policy, as JSON. */
  readonly roles: string;
  readonly statements: readonly Statement[];
}

/** All policies that are attached to roles. */
const policies: Policy[] = Object.values(template.findResources('AWS::IAM::Policy')).map(
  ({ Properties: { Roles: roles, PolicyDocument: document } }) => ({
    roles: JSON.stringify(roles),
    statements: document.Statement,
  }),
);

/** The statements of all policies that are attached to roles. */
const statements: Statement[] = policies.flatMap((policy) => policy.statements);

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

describe('permissions of the functions', () => {
  test('no policy has a wildcard in an action', () => {
    const actions = statements.flatMap(({ Action }) => list(Action));
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('policies have no wildcards in resources, except for the folders of the bucket and X-Ray', () => {
    const resources = statements.flatMap(({ Resource }) => list(Resource));
    const bucket = evidenceBucketId(template);
    const below = (folder: string) => ({
      'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, `/${folder}/*`]],
    });
    // AWS knows no resource for the two actions of X-Ray.
    const ofEverything = statements.filter(({ Resource }) => list(Resource).includes('*'));
    expect(new Set(ofEverything.flatMap(({ Action }) => list(Action)))).toEqual(
      new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']),
    );
    // A policy can name the objects of a folder only with a wildcard.
    const wildcards = resources.filter(
      (resource) => resource !== '*' && JSON.stringify(resource).includes('*'),
    );
    const folders = providerNames.flatMap((provider) =>
      ['deliveries', 'findings', 'unconfirmed', 'evidence'].map((folder) => `${folder}/${provider}`),
    );
    const unavoidable = [...folders, ...caseAreas, 'aws/lambda'].map(below);
    for (const resource of wildcards) expect(unavoidable).toContainEqual(resource);
    for (const resource of unavoidable) expect(wildcards).toContainEqual(resource);
  });

  const harmful = /:(Delete|Batch|Put.*(Policy|Acl|Retention|LegalHold)|Create|Update)/;
  const harmless = ['sqs:DeleteMessage', 'dynamodb:UpdateItem', 'logs:CreateLogStream'];
  const harmfulActionsOf = (given: readonly Policy[]) =>
    given
      .flatMap((policy) => policy.statements)
      .flatMap(({ Action }) => list(Action))
      .filter((action) => harmful.test(action) && !harmless.includes(action));
  const isOfDeletion = ({ roles }: Policy) => roles.includes('ExpiredCaseDeletion');

  test('no function may delete data or change permissions, except for the deletion of expired cases', () => {
    expect(harmfulActionsOf(policies.filter((policy) => !isOfDeletion(policy)))).toEqual([]);
  });

  test('the deletion of expired cases may delete history rows and objects of cases, but no verifications', () => {
    const ofDeletion = policies.filter(isOfDeletion);
    expect(ofDeletion).toHaveLength(1);
    expect(new Set(harmfulActionsOf(ofDeletion))).toEqual(
      new Set(['dynamodb:BatchWriteItem', 's3:DeleteObject', 's3:DeleteObjectVersion']),
    );
    const writable = ofDeletion
      .flatMap((policy) => policy.statements)
      .filter(({ Action }) => list(Action).includes('dynamodb:BatchWriteItem'))
      .map(({ Resource }) => Resource);
    expect(writable).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^StorageHistory/), 'Arn'] }]);
  });

  test('no role uses a managed policy of AWS', () => {
    for (const { Properties: properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});
