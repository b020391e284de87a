import { describe, expect, test } from 'vitest';
import { fixture, madeIdent, read, transitionOf } from './fixtures.ts';

describe('identificationtime', () => {
  test.each([
    ['success', '2019-05-28T15:47:12Z'],
    ['proof-of-address', '2025-02-07T10:43:41Z'],
    ['eid', '2024-02-29T11:00:00.250Z'],
    ['redacted', '2014-06-02T05:03:54Z'],
    ['drivers-license', '2023-08-27T10:57:31Z'],
    ['aborted', null],
    ['started', null],
    ['created', null],
  ] as const)('the identificationtime of the IDnow sample %s is read as %s', (name, occurredAt) => {
    expect(transitionOf(fixture(name)).occurredAt).toBe(occurredAt);
  });

  test('the transition of an ident without identificationtime has no time', () => {
    expect(transitionOf(madeIdent({ result: 'ABORTED' })).occurredAt).toBeNull();
  });

  test.each([
    'yesterday',
    '2023-02-30T10:00:00Z',
    '2023-08-27',
    '27.08.2023 10:57',
    1693126651,
    1693126651000,
    true,
    {},
    [],
  ])(
    'an ident with the unreadable identificationtime %j is quarantined under its verification id',
    (identificationtime) => {
      expect(read(madeIdent({ result: 'SUCCESS', identificationtime }))).toEqual([
        { kind: 'unknown', reason: 'unreadable-time', verificationId: 'idnow:democompany:txn-1' },
      ]);
    },
  );
});
