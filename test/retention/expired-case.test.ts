import type { DynamoDBRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { NotAnExpiredCase, readExpiredCase } from '../../shared/retention/expired-case.ts';
import { expiryRecord } from '../support/expiry-record.ts';

const removedAt = new Date('2026-11-28T12:00:00.700Z');

test('the record of an expired row names the verification, its prefixes, and the second of the removal', () => {
  expect(readExpiredCase(expiryRecord('idnow:demo:a%2Fb', removedAt))).toEqual({
    verificationId: 'idnow:demo:a%2Fb',
    removedAt: new Date('2026-11-28T12:00:00Z'),
    prefixes: ['evidence', 'findings', 'deliveries', 'unconfirmed', 'parked'].map(
      (area) => `${area}/idnow/idnow!demo!a!!2Fb/`,
    ),
  });
});

const record = expiryRecord('idnow:demo:1', removedAt);
const { userIdentity, ...withoutIdentity } = record;
const { ApproximateCreationDateTime, ...withoutTime } = record.dynamodb ?? {};

test.each<[string, DynamoDBRecord]>([
  ['an insertion', { ...record, eventName: 'INSERT' }],
  ['a change', { ...record, eventName: 'MODIFY' }],
  ['a deletion by a person', withoutIdentity],
  ['a deletion by another service', { ...record, userIdentity: { principalId: 'other.amazonaws.com' } }],
  ['a removal without a time', { ...record, dynamodb: withoutTime }],
  ['a removal without a key', { ...record, dynamodb: {} }],
  ...['', 'idnow', 'idnow:', 'idnow:a/000003', 'idnow:../x', 'Idnow:1', ':1', 'idnow:!'].map(
    (id): [string, DynamoDBRecord] => [
      `the removal of a row with the key "${id}"`,
      expiryRecord(id, removedAt),
    ],
  ),
])('%s is not an expired case', (_title, given) => {
  expect(() => readExpiredCase(given)).toThrow(NotAnExpiredCase);
});
