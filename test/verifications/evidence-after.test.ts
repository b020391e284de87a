import { describe, expect, test } from 'vitest';
import type { EvidenceState } from '../../shared/contract/verification-event.ts';
import { applyJobEnd } from '../../shared/verifications/apply-evidence.ts';
import { markEvidenceRequested } from '../../shared/verifications/evidence-after.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { deliver } from '../support/deliveries.ts';
import { hint, transition } from '../support/transitions.ts';

const archiveOf = (requestedBy: number) => ({
  bucket: 'a-bucket',
  manifest: `evidence/${requestedBy}/manifest.json`,
  manifestSha256: String(requestedBy).repeat(64),
  artifacts: [],
  missing: [],
});
const noArchive = { bucket: null, manifest: null, manifestSha256: null, artifacts: [], missing: [] };

/** The part of an archive that a job has stored before it was given up. It has no manifest. */
const partOf = (requestedBy: number) => ({
  ...noArchive,
  bucket: 'a-bucket',
  missing: [{ name: `ident-${requestedBy}.zip`, reason: 'gone' }],
});

type Step = { readonly requests: true } | { readonly job: number; readonly ends: 'archived' | 'failed' };
const request: Step = { requests: true };
const archived = (job: number): Step => ({ job, ends: 'archived' });
const failed = (job: number): Step => ({ job, ends: 'failed' });

/** Plays requests and ends of jobs. Each step that changes something is the next event. */
function evidenceAfter(...steps: Step[]): EvidenceState | null {
  let known: Verification | null = null;
  for (const [index, step] of steps.entries()) {
    if ('requests' in step) {
      const next = transition('WEBHOOK', { origin: hint, fingerprint: `hint ${index}` });
      known = deliver([next], known)[0]?.after ?? null;
    } else {
      known = endJob(known ?? expect.unreachable('nothing is requested'), step.job, step.ends, index);
    }
  }
  return known?.evidence ?? null;
}

function endJob(known: Verification, requestedBy: number, kind: 'archived' | 'failed', index: number) {
  const write = applyJobEnd(known, {
    verificationId: known.verificationId,
    generation: known.generation,
    kind,
    requestedBy,
    reference: null,
    archive: kind === 'archived' ? archiveOf(requestedBy) : partOf(requestedBy),
    reason: kind === 'archived' ? null : 'gone',
    onNothing: { kind: 'keep' },
    findings: null,
    recordedAt: '2026-11-22T13:00:00Z',
    writeId: `job ${index}`,
  });
  return write?.verification ?? known;
}

/** Returns a verification with one pending job, and with this evidence. */
function withEvidence(evidence: EvidenceState): Verification {
  const [requested] = deliver([transition('WEBHOOK', { origin: hint })]);
  return { ...(requested?.after ?? expect.unreachable('nothing was written')), evidence };
}

describe('a request for evidence', () => {
  test('the first request marks the evidence as pending, without an archive', () => {
    expect(evidenceAfter(request)).toEqual({ ...noArchive, status: 'pending', requestedBy: 1, reason: null });
  });

  test('a later request keeps the earlier archive until the new one is complete', () => {
    expect(evidenceAfter(request, archived(1), request)).toEqual({
      ...archiveOf(1),
      status: 'pending',
      requestedBy: 3,
      reason: null,
    });
  });

  test('a later request forgets the reason why the earlier job failed', () => {
    expect(evidenceAfter(request, failed(1), request)).toMatchObject({ status: 'pending', reason: null });
  });

  test('a request keeps the numbers of omitted artifacts of the earlier archive', () => {
    const before: EvidenceState = {
      ...archiveOf(1),
      status: 'archived',
      requestedBy: 1,
      reason: null,
      omitted: { artifacts: 3, missing: 0 },
    };
    expect(markEvidenceRequested(before, 2).omitted).toEqual({ artifacts: 3, missing: 0 });
  });
});

describe('the end of a job for the newest request', () => {
  test.each<[string, Step[], object]>([
    [
      'an archive counts, after no archive',
      [request, archived(1)],
      { ...archiveOf(1), status: 'archived', requestedBy: 1, reason: null },
    ],
    [
      'an archive replaces an earlier archive',
      [request, archived(1), request, archived(3)],
      { ...archiveOf(3), status: 'archived', requestedBy: 3, reason: null },
    ],
    [
      'a failure without an earlier archive has the part that was archived',
      [request, failed(1)],
      { ...partOf(1), status: 'failed', requestedBy: 1, reason: 'gone' },
    ],
    [
      'a failure replaces the part of an earlier failure',
      [request, failed(1), request, failed(3)],
      { ...partOf(3), status: 'failed', requestedBy: 3, reason: 'gone' },
    ],
    [
      'a failure keeps an earlier archive',
      [request, archived(1), request, failed(3)],
      { ...archiveOf(1), status: 'failed', requestedBy: 3, reason: 'gone' },
    ],
    [
      'an archive counts after the failure of the same job',
      [request, failed(1), archived(1)],
      { ...archiveOf(1), status: 'archived', requestedBy: 1, reason: null },
    ],
  ])('status, requestedBy and reason are those of the job: %s', (_title, steps, expected) => {
    expect(evidenceAfter(...steps)).toEqual(expected);
  });
});

describe('the end of a job for an earlier request', () => {
  const pending = { status: 'pending', requestedBy: 2, reason: null };

  test.each<[string, Step[], object]>([
    [
      'an archive counts while no newer archive is complete',
      [request, request, archived(1)],
      { ...archiveOf(1), ...pending },
    ],
    [
      'an archive counts if the newer job failed',
      [request, request, failed(2), archived(1)],
      { ...archiveOf(1), status: 'failed', requestedBy: 2, reason: 'gone' },
    ],
    [
      'an archive does not replace a newer archive',
      [request, request, archived(2), archived(1)],
      { ...archiveOf(2), status: 'archived', requestedBy: 2, reason: null },
    ],
    [
      'an archive does not replace a newer archive, even if a still newer job is pending',
      [request, request, archived(2), request, archived(1)],
      { ...archiveOf(2), status: 'pending', requestedBy: 4, reason: null },
    ],
    [
      'an archive does not replace a newer archive, even if a still newer job failed',
      [request, request, archived(2), request, failed(4), archived(1)],
      { ...archiveOf(2), status: 'failed', requestedBy: 4, reason: 'gone' },
    ],
    ['a failure changes nothing', [request, request, failed(1)], { ...noArchive, ...pending }],
    [
      'a failure after a newer archive changes nothing',
      [request, request, archived(2), failed(1)],
      { ...archiveOf(2), status: 'archived', requestedBy: 2, reason: null },
    ],
  ])('status, requestedBy and reason stay as they are: %s', (_title, steps, expected) => {
    expect(evidenceAfter(...steps)).toEqual(expected);
  });
});

test('a complete archive that lists all artifacts removes the numbers of omitted artifacts', () => {
  // Prepare
  const omitted = { artifacts: 3, missing: 0 };
  const before = withEvidence({ ...partOf(1), status: 'failed', requestedBy: 1, reason: 'gone', omitted });
  // Act
  const after = endJob(before, 1, 'archived', 1);
  // Assess
  expect(after.evidence).not.toHaveProperty('omitted');
});

test('a failure keeps the numbers of omitted artifacts of the earlier archive', () => {
  // Prepare
  const archive = { ...archiveOf(1), omitted: { artifacts: 3, missing: 0 } };
  const before = withEvidence({ ...archive, status: 'pending', requestedBy: 1, reason: null });
  // Act
  const after = endJob(before, 1, 'failed', 1);
  // Assess
  expect(after.evidence).toEqual({ ...archive, status: 'failed', requestedBy: 1, reason: 'gone' });
});
