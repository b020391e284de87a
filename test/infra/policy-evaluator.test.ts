import { expect, test } from 'vitest';
import { covers, type Need } from './policy-evaluator.ts';

const bucket = 'arn:aws:s3:::bucket';

test.each([
  ['the same', 's3:GetObject', `${bucket}/a`, true],
  ['another action', 's3:PutObject', `${bucket}/a`, false],
  ['another object', 's3:GetObject', `${bucket}/ab`, false],
  ['the bucket itself', 's3:GetObject', bucket, false],
])('a grant of one object covers %s: %j', (_title, action, resource, covered) => {
  expect(covers({ action: 's3:GetObject', resource: `${bucket}/a` }, { action, resource })).toBe(covered);
});

test.each([
  ['evidence/*', 'evidence/idnow/x/ident.json', true],
  ['evidence/*', 'evidence', false],
  ['evidence/*', 'deliveries/evidence/x', false],
  ['a.b/*', 'axb/c', false],
  ['a?', 'ab', true],
  ['a?', 'a', false],
])('a grant of %s, and %s: %j', (pattern, key, covered) => {
  const grant = { action: 's3:Get*', resource: `${bucket}/${pattern}` };
  expect(covers(grant, { action: 's3:getobject', resource: `${bucket}/${key}` })).toBe(covered);
});

const leadingKey = (...keys: string[]) => ({ 'dynamodb:LeadingKeys': keys });
const ofIdnow = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['idnow', 'idnow:*'] } };
const named = { Null: { 'dynamodb:LeadingKeys': 'false' } };

test.each<[string, object, Need['context'], boolean]>([
  ['a key of the provider', { ...ofIdnow, ...named }, leadingKey('idnow:c:t'), true],
  ['the key that is the provider’s name', { ...ofIdnow, ...named }, leadingKey('idnow'), true],
  ['a key of another provider', { ...ofIdnow, ...named }, leadingKey('id360:1'), false],
  ['a key that only begins alike', { ...ofIdnow, ...named }, leadingKey('idnowx:1'), false],
  ['a key of the provider in capitals', { ...ofIdnow, ...named }, leadingKey('IDNOW:c:t'), false],
  ['two keys, one of another provider', { ...ofIdnow, ...named }, leadingKey('idnow:a', 'id360:1'), false],
  ['no key at all', { ...ofIdnow, ...named }, {}, false],
  ['no key at all, where Null does not ask for one', ofIdnow, {}, true],
])('a grant for keys of one provider, and a request with %s', (_title, conditions, context, covered) => {
  const grant = { action: 'dynamodb:PutItem', resource: 'table', conditions } as Parameters<typeof covers>[0];
  expect(covers(grant, { action: 'dynamodb:PutItem', resource: 'table', ...(context && { context }) })).toBe(
    covered,
  );
});

test('a condition that the evaluator does not know is an error, not a grant', () => {
  const grant = { action: 'a', resource: 'r', conditions: { StringEquals: { key: 'value' } } };
  expect(() => covers(grant, { action: 'a', resource: 'r' })).toThrow('StringEquals');
});
