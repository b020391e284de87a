import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verificationId } from '../../shared/providers/idnow/verification-id.ts';
import { parkedKey } from '../../shared/relay/parked-key.ts';

describe('the key of a parked object', () => {
  test.each([
    ['idnow:democompany:txn-1', 'event-1', 'parked/idnow/idnow!democompany!txn-1/42-event-1.json'],
    ['id360:37125', 'job-1', 'parked/id360/id360!37125/42-job-1.json'],
    ['datakeen:a%2Fb', 'record', 'parked/datakeen/datakeen!a!!2Fb/42-record.json'],
    ['acme:1', 'record', 'parked/acme/acme!1/42-record.json'],
    // No ids of ours: the key must not lead elsewhere.
    [undefined, 'record', 'parked/unreadable/42.json'],
    ['', 'record', 'parked/unreadable/42.json'],
    ['Idnow:1', 'record', 'parked/unreadable/42.json'],
    ['../idnow:1', 'record', 'parked/unreadable/42.json'],
    ['idnow:a/../../evidence', 'record', 'parked/unreadable/42.json'],
    ['idnow:a!b', 'event-1', 'parked/unreadable/42-event-1.json'],
    [`idnow:c:${'t'.repeat(1024)}`, 'record', 'parked/unreadable/42.json'],
  ])('of %s and %s is %s', (id, what, key) => {
    expect(parkedKey(id, '42', what)).toBe(key);
  });

  test('differs for any two verifications, records or messages', () => {
    const name = fc.string({ unit: fc.constantFrom(...':%!/. a23'), minLength: 1, maxLength: 4 });
    const place = fc.record({
      id: fc.record({ companyId: name, transactionNumber: name }).map(verificationId),
      number: fc.constantFrom('1', '11'),
      what: fc.constantFrom('event-1', 'event-11', 'job-1', 'record'),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const isSame = a.id === b.id && a.number === b.number && a.what === b.what;
        expect(parkedKey(a.id, a.number, a.what) === parkedKey(b.id, b.number, b.what)).toBe(isSame);
      }),
      { numRuns: 3000 },
    );
  });
});
