import { describe, expect, test } from 'vitest';
import { concludeFindings } from '../../shared/contract/conclude-findings.ts';
import { emptyFindings, type PersonClaims } from '../../shared/contract/identity.ts';
import { Outcome } from '../../shared/contract/state.ts';
import { makeDatakeenFindings } from '../../shared/providers/datakeen/findings.ts';
import { readDatakeenResult } from '../../shared/providers/datakeen/read-result.ts';
import { readId360Callback } from '../../shared/providers/id360/read-callback.ts';
import { readId360Report } from '../../shared/providers/id360/read-report.ts';
import { readIdents } from '../../shared/providers/idnow/read-idents.ts';

const failedCheck = {
  name: 'identity_read',
  passed: false,
  confidence: null,
  document: null,
  providerResult: null,
};
const checksOf = (claims: PersonClaims, outcome: Outcome | null) =>
  concludeFindings({ ...emptyFindings, claims }, outcome).checks;

describe('concludeFindings', () => {
  test.each([[{}], [{ birthdate: '1984-07-11' }], [{ address: { locality: 'Nice' } }]])(
    'an approval with the claims %j has the failed check identity_read',
    (claims) => expect(checksOf(claims, 'approved')).toEqual([failedCheck]),
  );

  test.each([[{ given_name: 'JEANNE' }], [{ family_name: 'MARTIN' }]])(
    'an approval with the claims %j has no check identity_read',
    (claims) => expect(checksOf(claims, 'approved')).toEqual([]),
  );

  test.each([null, ...Outcome.options.filter((outcome) => outcome !== 'approved')])(
    'findings with the outcome %s have no check identity_read, and their claims move to extracted',
    (outcome) => {
      const claims = { family_name: 'MARTIN' };
      expect(checksOf({}, outcome)).toEqual([]);
      expect(concludeFindings({ ...emptyFindings, claims }, outcome)).toMatchObject({
        claims: {},
        extracted: claims,
      });
    },
  );
});

describe('an approval that names nobody', () => {
  test('an IDnow ident without names has the failed check identity_read', () => {
    const identificationprocess = { companyid: 'c', transactionnumber: 't', result: 'SUCCESS' };
    const [reading] = readIdents({ identificationprocess }, { wantsEvidence: () => true });
    expect(reading).toMatchObject({ transition: { findings: { checks: [failedCheck] } } });
  });

  test('an ID360 report without names has the failed check identity_read', () => {
    expect(readId360Report({ id: 1, status: 'OK' }).findings.checks).toEqual([failedCheck]);
  });

  test('a Datakeen session without names has the failed check identity_read', () => {
    const result = readDatakeenResult({ data: { job_status: { predictions: [] } } });
    expect(makeDatakeenFindings(result, 'approved').checks).toEqual([failedCheck]);
  });

  test('an ID360 callback has no check identity_read, because the report with the identity is still to come', () => {
    expect(readId360Callback({ id: 1, status: 'OK' }, null)).toMatchObject({
      transition: { outcome: 'approved', findings: { checks: [] } },
    });
  });
});
