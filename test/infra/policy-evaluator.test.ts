import { expect, test } from 'vitest';
import { covers } from './policy-evaluator.ts';

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
