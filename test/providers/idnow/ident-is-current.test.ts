import { expect, test } from 'vitest';
import type { IdentState } from '../../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../../local/simulators/idnow/make-ident.ts';
import {
  explainOutdatedIdent,
  makeOlderIdentCheck,
} from '../../../shared/providers/idnow/ident-is-current.ts';

const success = {
  verificationId: 'idnow:democompany:txn-1',
  providerStatus: 'SUCCESS',
  occurredAt: '2026-11-22T10:09:00Z',
  checks: [],
};

function archived(state: IdentState, minute: number, transactionNumber = 'txn-1'): Uint8Array {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
  return Buffer.from(JSON.stringify(makeIdent({ companyId: 'democompany', transactionNumber, state, time })));
}

test.each([
  ['the status and the time of the case', success, 9],
  ['the status of the case, and a later time', success, 30],
  ['the status of a case without a time', { ...success, occurredAt: null }, 9],
] as const)('an archived ident with %s is current', (_title, of, minute) => {
  expect(explainOutdatedIdent(of, archived('SUCCESS', minute))).toBeNull();
});

test.each([
  [
    'another status',
    success,
    archived('CHECK_PENDING', 30),
    'has the status CHECK_PENDING, but the case SUCCESS',
  ],
  ['an earlier time', success, archived('SUCCESS', 3), 'is older than the case'],
  ['the data of another case', success, archived('SUCCESS', 9, 'txn-2'), 'cannot be read'],
  ['no data', success, Buffer.from('{'), 'cannot be read'],
  [
    'a failed check',
    { ...success, checks: [makeOlderIdentCheck({ providerStatus: 'SUCCESS' })] },
    archived('SUCCESS', 9),
    'is older than the case',
  ],
] as const)('an archived ident with %s is not current', (_title, of, bytes, why) => {
  expect(explainOutdatedIdent(of, bytes)).toContain(why);
});
