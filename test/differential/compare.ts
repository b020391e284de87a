import { isDeepStrictEqual } from 'node:util';
import { computeFingerprint } from '../../shared/contract/canonical-json.ts';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import { emptyFindings } from '../../shared/contract/identity.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { applyJobEnd } from '../../shared/verifications/apply-evidence.ts';
import { applyTransition, type DecisionAndWrite } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { eventOfWrite, incomingTransition } from '../support/deliveries.ts';
import type { Profile } from './profiles.ts';
import { type Chance, chanceOf } from './random.ts';
import {
  applyOld,
  endOldJob,
  type OldApplied,
  type OldJob,
  type OldVerification,
} from './reference/apply.ts';
import { oldTransitionOf } from './reference/transition.ts';

/** One verification: what the code before decision record 030 knows of it, and what the current code knows of it. */
interface Both {
  readonly old: OldVerification | null;
  readonly current: Verification | null;
}

/** One job: as the code before decision record 030 requested it, and as the current code requested it. */
interface Requested {
  readonly old: OldJob;
  readonly current: EvidenceJob;
}

export interface Difference {
  /** The two decisions that differ, the old one first: `state → stale previous-attempt`. */
  readonly kind: string;
  readonly transition: Transition;
  /** The verification before the transition, as the current code knows it. */
  readonly before: Verification | null;
  /** The steps of the random history, up to and including the transition that shows the difference. */
  readonly trail: readonly string[];
}

export interface Compared {
  readonly transitions: number;
  readonly differences: readonly Difference[];
}

/** The time at which `incomingTransition` receives each transition. */
const receivedAt = '2026-11-22T12:00:00Z';

/**
 * Applies one random history to the code before decision record 030 and to the current code. Stops after the first
 * difference in a decision, an event or a job. If only the reason of a dropped transition differs, reports the
 * difference and continues, because both codes still know the same.
 */
export function compareHistory(profile: Profile, seed: number): Compared {
  const chance = chanceOf(seed);
  const sent: Transition[] = [];
  const jobs: Requested[] = [];
  const trail: string[] = [];
  const differences: Difference[] = [];
  let both: Both = { old: null, current: null };
  let transitions = 0;

  for (let left = 3 + chance.below(12); left > 0; left--) {
    const ended = chance.onceIn(6) ? endJob(both, jobs, chance, trail) : null;
    if (ended !== null) both = ended.both;
    const transition = ended?.statement ?? nextTransition(profile, sent, jobs, chance);
    sent.push(transition);
    transitions++;

    const old = applyOld(both.old, oldTransitionOf(transition), receivedAt);
    const current = applyTransition(both.current, incomingTransition(transition));
    trail.push(`${transition.fingerprint}: ${nameOf(old.decision)} → ${nameOf(current.decision)}`);
    const difference = differenceOf(old, current);
    if (difference !== null) {
      differences.push({ kind: difference.kind, transition, before: both.current, trail: [...trail] });
      if (!difference.isReasonOnly) break;
    }
    jobs.push(...requestedBy(old, current));
    both = { old: old.after, current: current.write?.verification ?? both.current };
  }
  return { transitions, differences };
}

/**
 * Returns the next transition of a random history. A quarter of the transitions repeat an earlier transition. A lookup
 * belongs to a random job, so a lookup can arrive after the lookup of a later job.
 */
function nextTransition(
  { delivery, lookup }: Profile,
  sent: readonly Transition[],
  jobs: readonly Requested[],
  chance: Chance,
): Transition {
  const again = chance.onceIn(4) ? sent[chance.below(sent.length)] : undefined;
  if (again !== undefined) return again;
  const job = chance.onceIn(2) ? jobs[chance.below(jobs.length)] : undefined;
  return job !== undefined && lookup !== null ? lookup(job.current.sequence, chance) : delivery(chance);
}

/**
 * Ends a random job. Some jobs carry the statement that requested them. After the end of such a job, this statement may
 * be the next transition. It then applies as the lookup of the job, as if the provider's result were missing.
 */
function endJob(
  { old, current }: Both,
  jobs: Requested[],
  chance: Chance,
  trail: string[],
): { both: Both; statement: Transition | null } | null {
  const [job] = jobs.splice(chance.below(Math.max(1, jobs.length)), 1);
  if (job === undefined || old === null || current === null) return null;
  const { sequence, purpose } = job.current;
  const end = chance.pick(['archived', 'failed'] as const);
  trail.push(`job ${sequence}: ${purpose} ${end}`);
  if (purpose === 'compare') {
    const schedule = { ...current.schedule, comparisonRequestedAt: null };
    const both = { old: { ...old, comparing: null }, current: { ...current, schedule } };
    return { both, statement: null };
  }
  const written = applyJobEnd(current, {
    verificationId: current.verificationId,
    generation: current.generation,
    kind: end,
    requestedBy: sequence,
    archive: { bucket: null, manifest: null, manifestSha256: null, artifacts: [], missing: [] },
    reason: null,
    reference: null,
    onNothing: job.current.onNothing,
    findings: null,
    recordedAt: receivedAt,
    writeId: 'a write',
  });
  if (written === null) return null;
  const statement = chance.onceIn(2) ? unverifiedStatement(job, current) : null;
  return { both: { old: endOldJob(old, job.old, end), current: written.verification }, statement };
}

function unverifiedStatement({ current: job }: Requested, known: Verification): Transition | null {
  const { sequence, onNothing } = job;
  if (onNothing.kind !== 'apply' || (known.ordering.lookup?.requestedBy ?? 0) >= sequence) return null;
  return {
    ...onNothing.statement,
    origin: { kind: 'lookup', requestedBy: sequence, effect: 'decide' },
    provider: job.provider,
    verificationId: job.verificationId,
    source: known.source,
    reference: null,
    fingerprint: computeFingerprint({ unverifiedStatement: sequence }),
    findings: emptyFindings,
  };
}

const nameOf = (decision: Decision) =>
  decision.kind === 'accepted'
    ? `${decision.change} in attempt ${decision.attempt}`
    : `${decision.kind} ${decision.reason}`;

function differenceOf(
  old: OldApplied,
  current: DecisionAndWrite,
): { kind: string; isReasonOnly: boolean } | null {
  const decisions = [old.decision, current.decision] as const;
  if (!isDeepStrictEqual(...decisions)) {
    const isReasonOnly = decisions.every(({ kind }) => kind !== 'accepted') && !differInEffect(old, current);
    return { kind: decisions.map(kindOf).join(' → '), isReasonOnly };
  }
  if (!differInEffect(old, current)) return null;
  return { kind: `${kindOf(old.decision)}, another event or job`, isReasonOnly: false };
}

const kindOf = (decision: Decision) =>
  decision.kind === 'accepted' ? decision.change : `${decision.kind} ${decision.reason}`;

function differInEffect(old: OldApplied, current: DecisionAndWrite): boolean {
  const { jobs = [] } = current.write?.outbox ?? {};
  const event = current.write && eventOfWrite(current.write);
  return (
    !isDeepStrictEqual(old.event, event && oldEventOf(event)) ||
    !isDeepStrictEqual(old.job === null ? [] : [old.job], jobs.map(oldJobOf))
  );
}

/** Converts an event to the format before decision record 030. */
function oldEventOf({ type, data }: VerificationEvent): OldApplied['event'] {
  const { sequence, attempt, supersedes } = data;
  const replaced = supersedes === null ? null : Number(supersedes.split('.').at(-1));
  return { type, sequence, attempt, supersedes: replaced };
}

/**
 * Converts a job to the format before decision record 030. Omits `notBefore`, which delays a job (decision record 028),
 * because the old code cannot delay jobs.
 */
function oldJobOf({ purpose, sequence, onNothing }: EvidenceJob): OldJob {
  return {
    purpose,
    sequence,
    fingerprint: onNothing.kind === 'keep' ? null : onNothing.fingerprint,
    withheld: onNothing.kind === 'apply' ? onNothing.statement : null,
  };
}

function requestedBy(old: OldApplied, current: DecisionAndWrite): Requested[] {
  const [job] = current.write?.outbox.jobs ?? [];
  return old.job === null || job === undefined ? [] : [{ old: old.job, current: job }];
}
