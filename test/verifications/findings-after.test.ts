import { describe, expect, test } from 'vitest';
import { emptyFindings, type Findings } from '../../shared/contract/identity.ts';
import type { Outcome } from '../../shared/contract/state.ts';
import type { Origin } from '../../shared/contract/transition.ts';
import type { AcceptedDecision } from '../../shared/ordering/decision.ts';
import {
  computeFindingsAfter,
  noFindings,
  withholdStoredClaims,
} from '../../shared/verifications/findings-after.ts';
import type { FindingsObject, StoredFindings } from '../../shared/verifications/stored-findings.ts';
import { deliver } from '../support/deliveries.ts';
import { at, hint, lookup, statement, transition } from '../support/transitions.ts';

const anna: Findings = {
  ...emptyFindings,
  claims: { given_name: 'ANNA' },
  documents: [{ type: 'idcard' }],
};
const erika: Findings = {
  ...emptyFindings,
  claims: { given_name: 'ERIKA' },
  submitted: { email: 'erika@example.com' },
};
/** Findings that describe neither a person nor a document. */
const onlyProviderData: Findings = { ...emptyFindings, provider_data: { type: 'APP' } };
const withheld = (findings: Findings): Findings => ({
  ...findings,
  claims: {},
  extracted: findings.claims,
});

const inline = (asOf: number, findings: Findings): StoredFindings => ({
  asOf,
  inline: findings,
  object: null,
});
const object: FindingsObject = { bucket: 'a-bucket', folder: 'findings/a-case', isVerified: true };
const inBucket: StoredFindings = { asOf: 2, inline: emptyFindings, object };

const newState: AcceptedDecision = { kind: 'accepted', change: 'state', attempt: 1 };
const revision: AcceptedDecision = { ...newState, change: 'revision' };
const recheck: AcceptedDecision = { ...newState, change: 'recheck' };
const nextAttempt: AcceptedDecision = { ...newState, attempt: 2 };

/** Returns the findings after the fifth event of a case, whose attempt is 1 before. */
function findingsAfter(
  before: StoredFindings | null,
  given: { findings: Findings; origin?: Origin; outcome?: Outcome | null },
  decision: AcceptedDecision,
): StoredFindings {
  const known = deliver([transition('START')])[0]?.after ?? expect.unreachable('nothing was written');
  return computeFindingsAfter(
    before && { ...known, findings: before },
    { origin: statement, outcome: 'approved', ...given },
    decision,
    5,
  );
}

describe('the table of computeFindingsAfter', () => {
  test.each<[string, StoredFindings, Findings, AcceptedDecision, StoredFindings]>([
    ['a recheck keeps the findings', inline(2, anna), erika, recheck, inline(2, anna)],
    ['a recheck keeps findings in the bucket', inBucket, erika, recheck, inBucket],
    ['a new state with findings replaces the findings', inline(2, anna), erika, newState, inline(5, erika)],
    ['a revision with findings replaces the findings', inline(2, anna), erika, revision, inline(5, erika)],
    [
      'a new state with findings replaces findings in the bucket',
      inBucket,
      erika,
      newState,
      inline(5, erika),
    ],
    [
      'a recheck adds its provider_data',
      inline(2, { ...anna, provider_data: { id: 1 } }),
      onlyProviderData,
      recheck,
      inline(2, { ...anna, provider_data: { id: 1, type: 'APP' } }),
    ],
    [
      'a new state that describes nothing keeps the findings, and adds its provider_data',
      inline(2, anna),
      onlyProviderData,
      newState,
      inline(2, { ...anna, provider_data: { type: 'APP' } }),
    ],
    ['provider_data is not added to findings in the bucket', inBucket, onlyProviderData, newState, inBucket],
    [
      'a new state that describes nothing keeps findings in the bucket',
      inBucket,
      emptyFindings,
      newState,
      inBucket,
    ],
    [
      'a new state that describes nothing replaces findings that describe nothing',
      inline(2, { ...emptyFindings, provider_data: { older: true } }),
      onlyProviderData,
      newState,
      inline(5, { ...emptyFindings, provider_data: { older: true, type: 'APP' } }),
    ],
    [
      'a new state with findings keeps earlier provider_data that it does not replace',
      inline(2, { ...anna, provider_data: { older: true, type: 'WEB' } }),
      { ...erika, provider_data: { type: 'APP' } },
      newState,
      inline(5, { ...erika, provider_data: { older: true, type: 'APP' } }),
    ],
    [
      'a new attempt drops earlier provider_data',
      inline(2, { ...anna, provider_data: { older: true } }),
      erika,
      nextAttempt,
      inline(5, erika),
    ],
    [
      'a new attempt that describes nothing starts empty',
      inline(2, anna),
      emptyFindings,
      nextAttempt,
      inline(5, emptyFindings),
    ],
    [
      'a new attempt that describes nothing starts empty, even if the findings are in the bucket',
      inBucket,
      emptyFindings,
      nextAttempt,
      inline(5, emptyFindings),
    ],
    ['a new attempt with findings has only these', inline(2, anna), erika, nextAttempt, inline(5, erika)],
  ])('the findings after an accepted transition: %s', (_title, before, findings, decision, expected) => {
    expect(findingsAfter(before, { findings }, decision)).toEqual(expected);
  });

  test.each<[string, Partial<Findings>]>([
    ['claims', { claims: { given_name: 'ANNA' } }],
    ['extracted facts', { extracted: { given_name: 'ANNA' } }],
    ['submitted facts', { submitted: { given_name: 'ANNA' } }],
    ['documents', { documents: [{}] }],
    [
      'checks',
      { checks: [{ name: 'x', passed: true, confidence: null, document: null, providerResult: null }] },
    ],
  ])(
    'findings with only one member describe the case, so they replace findings and are kept: %s',
    (_title, only) => {
      const findings = { ...emptyFindings, ...only };
      expect(findingsAfter(inline(2, anna), { findings }, newState)).toEqual(inline(5, findings));
      expect(findingsAfter(inline(2, findings), { findings: onlyProviderData }, newState)).toEqual(
        inline(2, { ...findings, provider_data: onlyProviderData.provider_data }),
      );
    },
  );

  test('a recheck by a lookup changes no findings, because its findings belong to another outcome', () => {
    const given = { findings: onlyProviderData, origin: lookup(3) };
    expect(findingsAfter(inline(2, anna), given, recheck)).toEqual(inline(2, anna));
  });

  test('the first transition of a case gives its findings, even if they are empty', () => {
    expect(findingsAfter(null, { findings: emptyFindings }, newState)).toEqual(inline(5, emptyFindings));
    expect(findingsAfter(null, { findings: anna }, newState)).toEqual(inline(5, anna));
  });
});

describe('the age of findings', () => {
  test.each<[string, Origin, number]>([
    ['from a statement: the sequence of its event', statement, 5],
    ['from a hint: the sequence of its event', hint, 5],
    ['from a lookup: the sequence of the event that requested the lookup', lookup(3), 3],
  ])('findings have an age: %s', (_title, origin, asOf) => {
    expect(findingsAfter(inline(2, anna), { findings: erika, origin }, newState).asOf).toBe(asOf);
  });

  test('a verification without a row has findings of age 0', () => {
    expect(noFindings).toEqual(inline(0, emptyFindings));
  });
});

describe('claims in a case that is not approved', () => {
  test.each<Outcome | null>(['declined', 'canceled', 'abandoned', 'expired', 'error', null])(
    'the claims become extracted facts, if the new outcome is %s',
    (outcome) => {
      expect(findingsAfter(inline(2, anna), { findings: erika, outcome }, newState)).toEqual(
        inline(5, withheld(erika)),
      );
      expect(findingsAfter(inline(2, anna), { findings: emptyFindings, outcome }, newState)).toEqual(
        inline(2, withheld(anna)),
      );
    },
  );

  test('findings in the bucket refer to the object without claims', () => {
    const taken = findingsAfter(inBucket, { findings: emptyFindings, outcome: 'declined' }, revision);
    expect(taken).toEqual({ ...inBucket, object: { ...object, isVerified: false } });
    expect(withholdStoredClaims(taken, 'approved'), 'an approval does not restore the claims').toEqual(taken);
  });

  test('claims never come back by a statement without findings', () => {
    // Prepare
    const approved = transition('SUCCESS', { occurredAt: at(5), findings: anna });
    const declined = transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) });
    const approvedAgain = transition('SUCCESS_DATA_CHANGED', { occurredAt: at(7) });
    const approvedWithFindings = transition('USER_APPROVED', { occurredAt: at(8), findings: erika });
    // Act
    const events = deliver([approved, declined, approvedAgain, approvedWithFindings]).map(
      ({ event }) => event,
    );
    // Assess
    expect(events.map((event) => [event?.data.outcome, event?.data.claims, event?.data.extracted])).toEqual([
      ['approved', anna.claims, {}],
      ['declined', {}, anna.claims],
      ['approved', {}, anna.claims],
      ['approved', erika.claims, {}],
    ]);
  });
});

test('a new attempt of the user starts without the findings of the attempt before', () => {
  const events = deliver([
    transition('CHECK_PENDING', { findings: anna }),
    transition('CANCELED'),
    transition('START'),
  ]).map(({ event }) => event);
  expect(events.map((event) => [event?.data.attempt, event?.data.extracted, event?.data.documents])).toEqual([
    [1, anna.claims, anna.documents],
    [1, anna.claims, anna.documents],
    [2, {}, []],
  ]);
});
