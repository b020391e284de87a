import { expect, test } from 'vitest';
import { grantAllows, type RequiredPermission } from './policy-evaluator.ts';

const bucket = 'arn:aws:s3:::bucket';

test.each([
  ['the same action and object', 's3:GetObject', `${bucket}/a`, true],
  ['another action', 's3:PutObject', `${bucket}/a`, false],
  ['another object', 's3:GetObject', `${bucket}/ab`, false],
  ['the bucket itself', 's3:GetObject', bucket, false],
])(
  'grantAllows compares the action and the resource of a call with the grant: %s, allowed: $3',
  (_title, action, resource, covered) => {
    expect(grantAllows({ action: 's3:GetObject', resource: `${bucket}/a` }, { action, resource })).toBe(
      covered,
    );
  },
);

test.each([
  ['evidence/*', 'evidence/idnow/x/ident.json', true],
  ['evidence/*', 'evidence', false],
  ['evidence/*', 'deliveries/evidence/x', false],
  ['a.b/*', 'axb/c', false],
  ['a?', 'ab', true],
  ['a?', 'a', false],
])(
  'grantAllows matches an object key with the wildcards in the grant: pattern %s, key %s, allowed: %j',
  (pattern, key, covered) => {
    const grant = { action: 's3:Get*', resource: `${bucket}/${pattern}` };
    expect(grantAllows(grant, { action: 's3:getobject', resource: `${bucket}/${key}` })).toBe(covered);
  },
);

const leadingKey = (...keys: string[]) => ({ 'dynamodb:LeadingKeys': keys });
const ofIdnow = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['idnow', 'idnow:*'] } };
const named = { Null: { 'dynamodb:LeadingKeys': 'false' } };

test.each<[string, object, RequiredPermission['context'], boolean]>([
  ['a key of the provider', { ...ofIdnow, ...named }, leadingKey('idnow:c:t'), true],
  ['the key that is the provider’s name', { ...ofIdnow, ...named }, leadingKey('idnow'), true],
  ['a key of another provider', { ...ofIdnow, ...named }, leadingKey('id360:1'), false],
  [
    'a key that begins with the name of the provider',
    { ...ofIdnow, ...named },
    leadingKey('idnowx:1'),
    false,
  ],
  ['a key of the provider in capitals', { ...ofIdnow, ...named }, leadingKey('IDNOW:c:t'), false],
  ['two keys, one of another provider', { ...ofIdnow, ...named }, leadingKey('idnow:a', 'id360:1'), false],
  ['no key', { ...ofIdnow, ...named }, {}, false],
  ['no key, if the grant has no Null condition', ofIdnow, {}, true],
])(
  "grantAllows compares the keys in a request to a table with IDnow's keys in the grant: %s, allowed: $3",
  (_title, conditions, context, covered) => {
    const grant = { action: 'dynamodb:PutItem', resource: 'table', conditions } as Parameters<
      typeof grantAllows
    >[0];
    expect(
      grantAllows(grant, { action: 'dynamodb:PutItem', resource: 'table', ...(context && { context }) }),
    ).toBe(covered);
  },
);

test('grantAllows throws for an unknown condition operator', () => {
  const grant = { action: 'a', resource: 'r', conditions: { StringNotEquals: { key: 'value' } } };
  expect(() => grantAllows(grant, { action: 'a', resource: 'r' })).toThrow('StringNotEquals');
});

test.each<[string, RequiredPermission['context'], boolean]>([
  ['the service of the grant', { 'kms:ViaService': ['sqs.eu-west-1.amazonaws.com'] }, true],
  ['another service', { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'] }, false],
  ['no service, because the function calls AWS KMS itself', {}, false],
])(
  'grantAllows compares the service that uses a key with the grant: %s, allowed: $2',
  (_title, context = {}, covered) => {
    const conditions = { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } };
    const grant = { action: 'kms:Decrypt', resource: 'key', conditions };
    expect(grantAllows(grant, { action: 'kms:Decrypt', resource: 'key', context })).toBe(covered);
  },
);
