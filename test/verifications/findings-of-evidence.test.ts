import { describe, expect, test } from 'vitest';
import { type Check, emptyFindings, type Findings } from '../../shared/contract/identity.ts';
import type { Finality, Outcome } from '../../shared/contract/state.ts';
import { readId360Report } from '../../shared/providers/id360/read-report.ts';
import { applyJobEnd, type JobEnd } from '../../shared/verifications/apply-evidence.ts';
import { markEvidenceRequested } from '../../shared/verifications/evidence-after.ts';
import type { StoredFindings } from '../../shared/verifications/stored-findings.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { deliver } from '../support/deliveries.ts';
import { archivedJobEnd } from '../support/job-ends.ts';
import { type StatusName, transition } from '../support/transitions.ts';

const check = (name: string, passed: boolean): Check => ({
  name,
  passed,
  confidence: null,
  document: null,
  providerResult: null,
});

const anna: Findings = {
  ...emptyFindings,
  claims: { given_name: 'ANNA' },
  checks: [check('liveness', true), check('signature', true)],
};
const erika: Findings = { ...emptyFindings, claims: { given_name: 'ERIKA' }, checks: [check('age', true)] };

/** Returns a verification with the findings `anna`, as of event 3. */
function known(status: StatusName = 'SUCCESS', findings: Partial<StoredFindings> = {}): Verification {
  const { after } = deliver([transition(status)])[0] ?? {};
  const verification = after ?? expect.unreachable('nothing was written');
  return { ...verification, findings: { asOf: 3, inline: anna, object: null, ...findings } };
}

interface Given {
  readonly requestedBy?: number;
  readonly findings?: Findings | null;
  readonly outcome?: Outcome | null;
  readonly finality?: Finality;
  readonly checks?: readonly Check[];
}

function findingsAfter(verification: Verification, given: Given): StoredFindings | undefined {
  const { verificationId, generation } = verification;
  const end: JobEnd = { ...archivedJobEnd, verificationId, generation, requestedBy: 3, ...given };
  return applyJobEnd(verification, end)?.verification.findings;
}

const inline = (asOf: number, findings: Findings): StoredFindings => ({
  asOf,
  inline: findings,
  object: null,
});

test.each<[string, Given, StoredFindings]>([
  ['evidence without findings keeps them', {}, inline(3, anna)],
  ['newer evidence replaces them', { requestedBy: 4, findings: erika }, inline(4, erika)],
  ['evidence of the same age replaces them', { requestedBy: 3, findings: erika }, inline(3, erika)],
  ['older evidence does not replace newer findings', { requestedBy: 2, findings: erika }, inline(3, anna)],
  [
    'evidence with the outcome of the case replaces them',
    { findings: erika, outcome: 'approved' },
    inline(3, erika),
  ],
  [
    'evidence with another outcome changes no findings, because it describes another result',
    { requestedBy: 4, findings: erika, outcome: 'declined' },
    inline(3, anna),
  ],
  [
    'evidence of an open case changes no findings of a final case',
    { requestedBy: 4, findings: erika, finality: 'provisional' },
    inline(3, anna),
  ],
])('the findings after the end of a job: %s', (_title, given, expected) => {
  expect(findingsAfter(known(), given)).toEqual(expected);
});

test.each<[string, Given, readonly Check[]]>([
  [
    'are added to the checks of the findings',
    { checks: [check('archive', false)] },
    [...anna.checks, check('archive', false)],
  ],
  [
    'replace checks of the same name',
    { checks: [check('signature', false)] },
    [check('liveness', true), check('signature', false)],
  ],
  [
    'are added to the checks of the fetched findings',
    { findings: erika, checks: [check('archive', true)] },
    [...erika.checks, check('archive', true)],
  ],
  ['are ignored in older evidence', { requestedBy: 2, checks: [check('archive', true)] }, anna.checks],
  [
    'are ignored in evidence with another outcome',
    { outcome: 'declined', checks: [check('archive', true)] },
    anna.checks,
  ],
])('the checks of the archived files %s', (_title, given, expected) => {
  expect(findingsAfter(known(), given)?.inline.checks).toEqual(expected);
});

test('evidence of an open case replaces the findings of an open case', () => {
  const given: Given = { findings: erika, finality: 'provisional' };
  expect(findingsAfter(known('CHECK_PENDING'), given)?.inline.checks).toEqual(erika.checks);
});

test('the checks of the archived files are added even if the evidence describes an open case', () => {
  const given: Given = { findings: erika, finality: 'provisional', checks: [check('archive', false)] };
  expect(findingsAfter(known(), given)?.inline).toEqual({
    ...anna,
    checks: [...anna.checks, check('archive', false)],
  });
});

test('checks of the archived files keep the age of the findings', () => {
  expect(findingsAfter(known(), { requestedBy: 4, checks: [check('archive', true)] })?.asOf).toBe(3);
});

test('the checks of the archived files stand beside findings that are in the bucket', () => {
  // Prepare
  const object = { bucket: 'a-bucket', folder: 'findings/a-case', isVerified: true };
  const verification = known('SUCCESS', { inline: emptyFindings, object });
  // Act
  const after = findingsAfter(verification, { checks: [check('archive', true)] });
  // Assess
  expect(after).toEqual({
    asOf: 3,
    inline: { ...emptyFindings, checks: [check('archive', true)] },
    object,
  });
});

test.each<[string, Given]>([
  ['with fetched findings', { findings: anna }],
  ['with checks of the archived files', { findings: anna, checks: [check('archive', true)] }],
  ['without findings', {}],
])('the end of a job gives no claims to a case that is not approved: %s', (_title, given) => {
  const after = findingsAfter(known('FRAUD_SUSPICION_CONFIRMED'), given);
  expect(after?.inline.claims).toEqual({});
  expect(after?.inline.extracted).toEqual(anna.claims);
});

describe('an approved case whose archive names nobody', () => {
  const unnamed: Partial<StoredFindings> = { inline: emptyFindings };
  const failed = check('identity_read', false);

  test.each([
    ['with an unknown status and a person', { id: 503, status: 'VALIDATED', identity: { name: 'A' } }],
    ['that says DELETED', { id: 505, status: 'DELETED' }],
  ])('has the failed check identity_read after a report %s', (_title, report) => {
    const { findings, status } = readId360Report(report);
    const after = findingsAfter(known('SUCCESS', unnamed), {
      findings,
      outcome: status?.rule.outcome ?? null,
    });
    expect(after?.inline.claims).toEqual({});
    expect(after?.inline.checks).toEqual([failed]);
  });

  test.each<[string, Given]>([
    ['has no findings', {}],
    ['has a check of its own', { checks: [check('xml_signature', true)] }],
    ['has findings with the failed check', { findings: { ...emptyFindings, checks: [failed] } }],
  ])('has the failed check identity_read once if the evidence %s', (_title, given) => {
    const checks = findingsAfter(known('SUCCESS', unnamed), given)?.inline.checks;
    expect(checks?.filter(({ name }) => name === 'identity_read')).toEqual([failed]);
  });

  test('has no check identity_read while a newer request is open', () => {
    const verification = known('SUCCESS', { ...unnamed, asOf: 1 });
    const waiting = { ...verification, evidence: markEvidenceRequested(null, 4) };
    expect(findingsAfter(waiting, { requestedBy: 3 })?.inline.checks).toEqual([]);
  });

  test('has no check identity_read if the job was given up before anything was archived', () => {
    const verification = known('SUCCESS', unnamed);
    const archive = { bucket: null, manifest: null, manifestSha256: null, artifacts: [], missing: [] };
    const { verificationId, generation } = verification;
    const end = { ...archivedJobEnd, verificationId, generation, archive, kind: 'failed' } as const;
    expect(applyJobEnd(verification, end)?.verification.findings.inline.checks).toEqual([]);
  });

  test('has no check identity_read if the evidence has no outcome and the case has a name already', () => {
    const { findings } = readId360Report({ id: 503, status: 'VALIDATED' });
    const after = findingsAfter(known(), { findings, outcome: null });
    expect(after?.inline.claims).toEqual(anna.claims);
    expect(after?.inline.checks).toEqual([]);
  });
});

test('a case that is not approved has no check identity_read after a report with an unknown status', () => {
  const { findings } = readId360Report({ id: 503, status: 'VALIDATED' });
  const after = findingsAfter(known('FRAUD_SUSPICION_CONFIRMED', { inline: emptyFindings }), { findings });
  expect(after?.inline.checks).toEqual([]);
});
