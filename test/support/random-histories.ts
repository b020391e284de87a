import * as fc from 'fast-check';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import {
  type Check,
  emptyFindings,
  type Findings,
  type PersonClaims,
} from '../../shared/contract/identity.ts';
import { Outcome } from '../../shared/contract/state.ts';
import type { Origin } from '../../shared/contract/transition.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { applyJobEnd } from '../../shared/verifications/apply-evidence.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { carryWrite } from '../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { convertWriteToItem, parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { eventOfWrite } from './deliveries.ts';
import { statementStatuses } from './histories.ts';
import {
  at,
  comparedHint,
  hint,
  lookup,
  type StatusName,
  statement,
  statementWithEvidence,
  transition,
} from './transitions.ts';

/** A step of a random history of one case. */
export type Step =
  | {
      readonly kind: 'transition';
      readonly status: StatusName;
      readonly minute: number | null;
      /** Where the transition comes from. A lookup belongs to a random earlier event. */
      readonly origin: 'statement' | 'with evidence' | 'hint' | 'compared hint' | 'lookup';
      readonly requestedBy: number;
      readonly body: number;
      readonly reference: string | null;
      readonly findings: Findings;
    }
  | {
      readonly kind: 'job';
      /** Which of the jobs that have been requested ends. */
      readonly index: number;
      readonly end: 'archived' | 'failed';
      readonly outcome: Outcome | null;
      readonly findings: Findings | null;
      readonly checks: readonly Check[];
    }
  /** Another instance reads the row from the table. */
  | { readonly kind: 'reread' }
  /** The row expires, or is erased. */
  | { readonly kind: 'vanish' }
  /** Only time passes. */
  | { readonly kind: 'nothing' };

type TransitionStep = Extract<Step, { kind: 'transition' }>;
type JobStep = Extract<Step, { kind: 'job' }>;

/** People whose fields are not in the order of the schema. */
const person: fc.Arbitrary<PersonClaims> = fc.constantFrom<PersonClaims[]>(
  {},
  {},
  { family_name: 'SPECIMEN', given_name: 'ERIKA' },
  { address: { locality: 'MUNICH', postal_code: '80331' }, given_name: 'ANNA' },
);
const check = (passed: boolean | null, name: string): Check => ({
  passed,
  name,
  document: null,
  confidence: null,
  providerResult: null,
});
const checks = fc.constantFrom<Check[][]>([], [check(true, 'liveness')], [check(false, 'signature')]);
const findings: fc.Arbitrary<Findings> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(emptyFindings) },
  {
    weight: 3,
    arbitrary: fc.record<Findings>({
      provider_data: fc.constantFrom<Findings['provider_data'][]>({}, { type: 'APP' }),
      claims: person,
      extracted: person,
      submitted: person,
      documents: fc.constantFrom<Findings['documents'][]>([], [{ type: 'idcard' }]),
      checks,
    }),
  },
);
const index = fc.nat({ max: 20 });

const transitionStep = fc.record<TransitionStep>({
  kind: fc.constant('transition' as const),
  status: fc.constantFrom(...statementStatuses),
  minute: fc.option(fc.integer({ min: 0, max: 59 })),
  origin: fc.constantFrom<TransitionStep['origin'][]>(
    'statement',
    'with evidence',
    'hint',
    'compared hint',
    'lookup',
  ),
  requestedBy: index,
  body: fc.nat({ max: 2 }),
  reference: fc.constantFrom(null, null, 'case-1', 'case-2'),
  findings,
});
const jobStep = fc.record<JobStep>({
  kind: fc.constant('job' as const),
  index,
  end: fc.constantFrom<JobStep['end'][]>('archived', 'failed'),
  outcome: fc.constantFrom(null, null, ...Outcome.options),
  findings: fc.option<Findings>(findings),
  checks,
});
const reread: fc.Arbitrary<Step> = fc.constant({ kind: 'reread' });
const vanish: fc.Arbitrary<Step> = fc.constant({ kind: 'vanish' });

const historyOf = (...steps: fc.WeightedArbitrary<Step>[]) =>
  fc.array(fc.oneof(...steps), { minLength: 1, maxLength: 20 });

const usual: fc.WeightedArbitrary<Step>[] = [
  { weight: 6, arbitrary: transitionStep },
  { weight: 3, arbitrary: jobStep },
  { weight: 1, arbitrary: reread },
];

/** Random histories of one case: statements, hints, lookups, ends of jobs, and reads by other instances. */
export const anyHistory: fc.Arbitrary<Step[]> = historyOf(...usual);

/** Random histories in which the row of the case also disappears. */
export const anyHistoryWithLostRows: fc.Arbitrary<Step[]> = historyOf(...usual, {
  weight: 1,
  arbitrary: vanish,
});

export interface PlayedWrite {
  readonly write: VerificationWrite;
  /** The published event; null if the write publishes none. */
  readonly event: VerificationEvent | null;
}

/**
 * Plays a history, one step per second.
 *
 * @param limitSize makes a write fit the table
 * @returns the writes, in their order
 */
export function playHistory(
  steps: readonly Step[],
  limitSize: (write: VerificationWrite) => VerificationWrite = (write) => write,
): PlayedWrite[] {
  const writes: PlayedWrite[] = [];
  const jobs: EvidenceJob[] = [];
  let known: Verification | null = null;
  for (const [second, step] of steps.entries()) {
    const instant = new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();
    const computed = playStep(known, step, jobs, instant);
    const write = computed && limitSize(computed);
    if (step.kind === 'vanish') known = null;
    if (step.kind === 'reread' && known !== null) known = reloaded(known);
    if (write === null) continue;
    known = carryWrite(write);
    jobs.push(...write.outbox.jobs);
    writes.push({ write, event: eventOfWrite(write) });
  }
  return writes;
}

/** Returns the events of a history, in the order of their publication. */
export const eventsOfHistory = (steps: readonly Step[]): VerificationEvent[] =>
  playHistory(steps).flatMap(({ event }) => (event === null ? [] : [event]));

function playStep(
  known: Verification | null,
  step: Step,
  jobs: readonly EvidenceJob[],
  instant: string,
): VerificationWrite | null {
  const writeId = `write at ${instant}`;
  if (step.kind === 'transition') {
    const incoming = { transition: transitionOf(step), receivedAt: instant, writeId, delivery: null };
    return applyTransition(known, incoming).write;
  }
  const job = step.kind === 'job' ? jobs[step.index % Math.max(1, jobs.length)] : undefined;
  // The end of a job of an earlier generation is not recorded (see `recordJobEnd`).
  if (step.kind !== 'job' || known === null || job?.generation !== known.generation) return null;
  const { end, outcome, findings, checks } = step;
  return applyJobEnd(known, {
    verificationId: known.verificationId,
    generation: known.generation,
    kind: end,
    requestedBy: job.sequence,
    reference: null,
    outcome,
    findings: end === 'archived' ? findings : null,
    checks: end === 'archived' ? checks : [],
    archive: {
      missing: [],
      artifacts: [],
      bucket: 'a-bucket',
      manifest: end === 'archived' ? `evidence/${job.sequence}/manifest.json` : null,
      manifestSha256: end === 'archived' ? '0'.repeat(64) : null,
    },
    reason: end === 'archived' ? null : 'gone',
    onNothing: job.onNothing,
    recordedAt: instant,
    writeId,
  });
}

function transitionOf(step: TransitionStep) {
  const { status, minute, origin, requestedBy, body, reference, findings } = step;
  const isHint = origin === 'hint' || origin === 'compared hint';
  const origins: Record<typeof origin, Origin> = {
    statement,
    'with evidence': statementWithEvidence,
    hint,
    'compared hint': comparedHint,
    lookup: lookup(requestedBy),
  };
  return transition(isHint ? 'WEBHOOK' : status, {
    origin: origins[origin],
    occurredAt: minute === null ? null : at(minute),
    fingerprint: `${origin} ${status} ${minute} ${body} ${requestedBy % 2}`,
    reference,
    findings,
  });
}

/** Returns a verification as its row contains it. */
function reloaded(verification: Verification): Verification {
  const outbox = { event: null, jobs: [], delivery: null };
  return parseVerificationItem(convertWriteToItem({ verification, outbox }, 0)).verification;
}
