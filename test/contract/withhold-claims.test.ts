import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFindings, type Findings, type PersonClaims } from '../../shared/contract/identity.ts';
import { Outcome } from '../../shared/contract/state.ts';
import { withholdClaims } from '../../shared/contract/withhold-claims.ts';

const text = fc.string();
const person: fc.Arbitrary<PersonClaims> = fc.record(
  {
    given_name: text,
    family_name: text,
    nationalities: fc.array(text),
    address: fc.record({ locality: text, postal_code: text }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const findings: fc.Arbitrary<Findings> = fc
  .record({
    claims: person,
    extracted: person,
    submitted: person,
    documents: fc.array(fc.record({ type: text })),
  })
  .map((some) => ({ ...emptyFindings, ...some }));
const otherOutcome = fc.constantFrom(...Outcome.options.filter((each) => each !== 'approved'), null);

test('the findings of an approved case stay as they are, and extracted facts do not become claims', () => {
  fc.assert(
    fc.property(findings, (some) => {
      expect(withholdClaims(some, 'approved')).toEqual(some);
    }),
  );
});

test('a case that is not approved has no claims; its claims are extracted facts, and all other findings stay', () => {
  fc.assert(
    fc.property(findings, otherOutcome, (some, outcome) => {
      // Act
      const { claims, extracted, ...others } = withholdClaims(some, outcome);
      // Assess
      expect(claims).toEqual({});
      expect(extracted).toEqual({ ...some.extracted, ...some.claims });
      expect({ ...others, claims: some.claims, extracted: some.extracted }).toEqual(some);
    }),
  );
});

test('claims that are withheld twice are the same as claims that are withheld once', () => {
  fc.assert(
    fc.property(findings, otherOutcome, fc.constantFrom(...Outcome.options, null), (some, outcome, next) => {
      const withheld = withholdClaims(some, outcome);
      expect(withholdClaims(withheld, next)).toEqual(withheld);
    }),
  );
});
