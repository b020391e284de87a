import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idnowVerificationId } from '../../shared/providers/idnow/verification-id.ts';
import { buildParkedObjectKey } from '../../shared/relay/parked-key.ts';

describe('parkedKey', () => {
  test.each([
    ['idnow:democompany:txn-1', 'event-1', 'parked/idnow/idnow!democompany!txn-1/42-event-1.json'],
    ['id360:37125', 'job-1', 'parked/id360/id360!37125/42-job-1.json'],
    ['datakeen:a%2Fb', 'record', 'parked/datakeen/datakeen!a!!2Fb/42-record.json'],
    ['acme:1', 'record', 'parked/acme/acme!1/42-record.json'],
    // The following texts are not verification ids. If one is used as an id, the key must not point to another folder.
    [undefined, 'record', 'parked/unreadable/42.json'],
    ['', 'record', 'parked/unreadable/42.json'],
    ['Idnow:1', 'record', 'parked/unreadable/42.json'],
    ['../idnow:1', 'record', 'parked/unreadable/42.json'],
    ['idnow:a/../../evidence', 'record', 'parked/unreadable/42.json'],
    ['idnow:a!b', 'event-1', 'parked/unreadable/42-event-1.json'],
    [`idnow:c:${'t'.repeat(1024)}`, 'record', 'parked/unreadable/42.json'],
  ])(
    'a parked key contains the verification, or `unreadable` if the id is invalid: id %s, part %s, key %s',
    (id, part, key) => {
      expect(buildParkedObjectKey(id, '42', part)).toBe(key);
    },
  );

  test('different verifications, records or parts have different parked keys', () => {
    const name = fc.string({ unit: fc.constantFrom(...':%!/. a23'), minLength: 1, maxLength: 4 });
    const place = fc.record({
      id: fc.record({ companyId: name, transactionNumber: name }).map(idnowVerificationId),
      number: fc.constantFrom('1', '11'),
      part: fc.constantFrom('event-1', 'event-11', 'job-1', 'record'),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const isSame = a.id === b.id && a.number === b.number && a.part === b.part;
        expect(
          buildParkedObjectKey(a.id, a.number, a.part) === buildParkedObjectKey(b.id, b.number, b.part),
        ).toBe(isSame);
      }),
      { numRuns: 3000 },
    );
  });
});
