import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCanonicalJson } from '../../shared/contract/canonical-json.ts';
import { emptyFindings, type Findings, type PersonClaims } from '../../shared/contract/identity.ts';
import { ChangedMember, type EvidenceState } from '../../shared/contract/verification-event.ts';
import { withholdClaims } from '../../shared/contract/withhold-claims.ts';
import { buildEvent } from '../../shared/verifications/build-event.ts';
import { listChangedMembers } from '../../shared/verifications/changed-members.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { deliver } from '../support/deliveries.ts';
import { transition } from '../support/transitions.ts';

const known = deliver([transition('START')])[0]?.after ?? expect.unreachable('nothing was written');

const evidence: EvidenceState = {
  status: 'pending',
  requestedBy: 1,
  bucket: null,
  manifest: null,
  manifestSha256: null,
  artifacts: [],
  missing: [],
  reason: null,
};

/** Two values for each member, so that random verifications are often equal in a member. */
const person = fc.constantFrom<PersonClaims[]>(
  {},
  { given_name: 'ANNA', family_name: 'SPECIMEN' },
  { family_name: 'SPECIMEN' },
);
const check = { name: 'liveness', passed: true, confidence: 0.5, document: null, providerResult: null };
const anyVerification: fc.Arbitrary<Verification> = fc
  .record({
    reference: fc.constantFrom(null, 'case-1'),
    phase: fc.constantFrom<Verification['phase'][]>('created', 'completed'),
    outcome: fc.constantFrom<Verification['outcome'][]>(null, 'approved'),
    finality: fc.constantFrom<Verification['finality'][]>('provisional', 'final'),
    flags: fc.constantFrom<Verification['flags'][]>([], ['data_changed']),
    reasons: fc.constantFrom<Verification['reasons'][]>(
      [],
      [{ code: 'x', category: 'other', providerCode: 'X' }],
    ),
    providerStatus: fc.constantFrom('START', 'SUCCESS'),
    evidence: fc.constantFrom<Verification['evidence'][]>(null, evidence, { ...evidence, requestedBy: 2 }),
    attempt: fc.constantFrom(1, 2),
    claims: person,
    extracted: person,
    submitted: person,
    documents: fc.constantFrom<Findings['documents'][]>([], [{}], [{ type: 'idcard' }]),
    checks: fc.constantFrom<Findings['checks'][]>([], [check], [{ ...check, passed: false }]),
    provider_data: fc.constantFrom<Findings['provider_data'][]>({}, { a: 1 }, { a: { b: [1, 2] } }),
  })
  .map(({ attempt, claims, extracted, submitted, documents, checks, provider_data, ...state }) => {
    const given = { claims, extracted, submitted, documents, checks, provider_data };
    const inline = withholdClaims(given, state.outcome);
    const ordering = { ...known.ordering, attempt };
    return { ...known, ...state, ordering, findings: { asOf: 1, inline, object: null } };
  });

const eventOf = (verification: Verification) =>
  buildEvent(verification, {
    type: 'idv.verification.updated.v1',
    occurredAt: null,
    supersedes: null,
    changed: [],
  });

test('the changed members are exactly the members whose values differ between the two events', () => {
  fc.assert(
    fc.property(anyVerification, anyVerification, (before, after) => {
      // Act
      const changed = listChangedMembers(before, after);
      // Assess
      const [old, now] = [eventOf(before).data, eventOf(after).data];
      const expected = ChangedMember.options.filter(
        (name) => toCanonicalJson(old[name]) !== toCanonicalJson(now[name]),
      );
      expect(changed).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('in the first event of a verification, the changed members are the members that are not empty', () => {
  fc.assert(
    fc.property(anyVerification, (first) => {
      const { data } = eventOf(first);
      const isEmpty = (value: unknown) => ['null', '[]', '{}'].includes(JSON.stringify(value));
      expect(listChangedMembers(null, first)).toEqual(
        ChangedMember.options.filter((name) => !isEmpty(data[name])),
      );
    }),
  );
});

test('a verification without any change has no changed members', () => {
  fc.assert(
    fc.property(anyVerification, (some) => {
      expect(listChangedMembers(some, structuredClone(some))).toEqual([]);
    }),
  );
});

test('a value whose keys are in another order is not changed, because a row that is read has the order of the schema', () => {
  // Prepare
  const withClaims = (claims: object) => ({
    ...known,
    findings: { asOf: 1, inline: { ...emptyFindings, claims }, object: null },
  });
  // Act
  const changed = listChangedMembers(
    withClaims({ family_name: 'SPECIMEN', given_name: 'ANNA' }),
    withClaims({ given_name: 'ANNA', family_name: 'SPECIMEN' }),
  );
  // Assess
  expect(changed).toEqual([]);
});

test('another number of omitted reasons counts as a change of the reasons', () => {
  expect(listChangedMembers(known, { ...known, reasonsOmitted: 2 })).toEqual(['reasons']);
});

const findingsMembers = ['claims', 'extracted', 'submitted', 'documents', 'checks', 'provider_data'];

test.each([
  ['move to the bucket', null, 'w1', findingsMembers],
  ['move back to the row', 'w1', null, findingsMembers],
  ['are in another object', 'w1', 'w2', findingsMembers],
  ['are in the same object', 'w1', 'w1', []],
])(
  'all members of the findings count as changed if the findings moved: the findings %s',
  (_title, from, to, expected) => {
    // Prepare
    const storedAs = (folder: string | null) => ({
      ...known,
      findings: {
        asOf: 1,
        inline: emptyFindings,
        object: folder === null ? null : { bucket: 'b', folder, isVerified: true },
      },
    });
    // Act
    const changed = listChangedMembers(storedAs(from), storedAs(to));
    // Assess
    expect(changed).toEqual(expected);
  },
);
