import { isDeepStrictEqual } from 'node:util';
import { fingerprint } from '../../shared/contract/canonical-json.ts';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import { noFindings } from '../../shared/contract/identity.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { applyEvidence } from '../../shared/verifications/apply-evidence.ts';
import { type AppliedTransition, applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
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

/** One verification, as the old and the current implementation know it. */
interface Both {
  readonly old: OldVerification | null;
  readonly current: Verification | null;
}

/** A job that both implementations requested. */
interface Requested {
  readonly old: OldJob;
  readonly current: EvidenceJob;
}

export interface Difference {
  /** The difference, as `old → current`. */
  readonly kind: string;
  readonly transition: Transition;
  /** The known data of the current implementation before the transition. */
  readonly before: Verification | null;
  /** The history up to the difference. */
  readonly trail: readonly string[];
}

export interface Compared {
  readonly transitions: number;
  readonly differences: readonly Difference[];
}

const receivedAt = '2026-11-22T12:00:00Z';

/**
 * Applies one random history to both implementations, until they differ in a decision, an event or a job. If only the
 * reasons of a decision differ, the function reports the difference and continues, because both implementations then
 * still know the same.
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
 * Returns the next transition. One in four is a repetition. A lookup belongs to a random job, so lookups overtake each
 * other.
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

/** Ends an archive job, or starts a comparison. A job that finds no outcome may apply its statement as its lookup. */
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
  const written = applyEvidence(current, {
    verificationId: current.verificationId,
    kind: end,
    reference: null,
    onNothing: job.current.onNothing,
    notice: { requestedBy: sequence, bucket: null, manifest: null, artifacts: [], missing: [], reason: null },
    findings: noFindings,
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
    fingerprint: fingerprint({ unverifiedStatement: sequence }),
    findings: noFindings,
  };
}

const incomingTransition = (transition: Transition) => ({
  transition,
  receivedAt,
  writeId: 'a write',
  delivery: null,
});

const nameOf = (decision: Decision) =>
  decision.kind === 'accepted'
    ? `${decision.change} in attempt ${decision.attempt}`
    : `${decision.kind} ${decision.reason}`;

function differenceOf(
  old: OldApplied,
  current: AppliedTransition,
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

function differInEffect(old: OldApplied, current: AppliedTransition): boolean {
  const { events = [], jobs = [] } = current.write?.outbox ?? {};
  return (
    !isDeepStrictEqual(old.event === null ? [] : [old.event], events.map(eventOf)) ||
    !isDeepStrictEqual(old.job === null ? [] : [old.job], jobs.map(oldJobOf))
  );
}

function eventOf(json: string) {
  const { type, data } = JSON.parse(json);
  const { sequence, attempt, supersedes } = data;
  const replaced = supersedes === null ? null : Number(supersedes.split('#').at(-1));
  return { type, sequence, attempt, supersedes: replaced };
}

/**
 * Converts a job to the old format. It omits `notBefore`, because the old implementation does not delay jobs (decision
 * 028).
 */
function oldJobOf({ purpose, sequence, onNothing }: EvidenceJob): OldJob {
  return {
    purpose,
    sequence,
    fingerprint: onNothing.kind === 'keep' ? null : onNothing.fingerprint,
    withheld: onNothing.kind === 'apply' ? onNothing.statement : null,
  };
}

function requestedBy(old: OldApplied, current: AppliedTransition): Requested[] {
  const [job] = current.write?.outbox.jobs ?? [];
  return old.job === null || job === undefined ? [] : [{ old: old.job, current: job }];
}
