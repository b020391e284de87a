import { emptyFindings } from '../../shared/contract/identity.ts';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { StateForProviderStatus } from '../../shared/contract/state.ts';
import type { Origin, Transition } from '../../shared/contract/transition.ts';
import type { Chance } from './random.ts';

const open = { outcome: null, finality: 'provisional', flags: [] } as const;
const decided = { phase: 'completed', finality: 'final', flags: [] } as const;
const ended = { phase: 'completed', finality: 'provisional', flags: ['retry_allowed'] } as const;

/** Example statuses for random histories. Each has a state and a rank, as several providers use them. */
const rules = {
  CREATED: { ...open, phase: 'created', rank: 0 },
  STARTED: { ...open, phase: 'in_progress', rank: 10 },
  ABORTED: { ...ended, outcome: 'abandoned', rank: 20 },
  SUBMITTED: { ...open, phase: 'submitted', rank: 30 },
  IN_REVIEW: { ...open, phase: 'in_review', rank: 40 },
  CANCELED: { ...ended, outcome: 'canceled', rank: 50 },
  APPROVED_BY_CONTROLS: { ...decided, outcome: 'approved', rank: 35 },
  DECLINED_BY_CONTROLS: { ...decided, outcome: 'declined', rank: 35 },
  NO_VERDICT: { ...decided, outcome: 'error', rank: 35 },
  APPROVED: { ...decided, outcome: 'approved', rank: 60 },
  DATA_CHANGED: { ...decided, outcome: 'approved', flags: ['data_changed'], rank: 60 },
  DECLINED: { ...decided, outcome: 'declined', rank: 60 },
  EXPIRED: { ...decided, outcome: 'expired', rank: 60 },
  APPROVED_BY_HUMAN: { ...decided, outcome: 'approved', rank: 70 },
  DECLINED_BY_HUMAN: { ...decided, outcome: 'declined', rank: 70 },
} as const satisfies Record<string, StateForProviderStatus>;
type Status = keyof typeof rules;

/** Creates random transitions of a provider. Each call creates one transition. */
export interface Profile {
  delivery(chance: Chance): Transition;
  /** Creates a random lookup. Null for IDnow, because no lookup decides an IDnow case. */
  readonly lookup: ((requestedBy: number, chance: Chance) => Transition) | null;
}

/** The kinds of random histories. `mixed` is not a real provider: it mixes hints, statements and lookups. */
export const profileNames = ['idnow', 'id360', 'datakeen', 'mixed'] as const;
type ProfileName = (typeof profileNames)[number];

/**
 * The numbers of different times and bodies in random histories. The numbers are small, so that equal values occur
 * often.
 */
const minutes = 12;
const bodies = 3;

interface TransitionParts {
  readonly provider: ProviderName;
  readonly status: Status;
  readonly minute: number | null;
  readonly body: string | number;
  readonly origin: Origin;
}

function transitionOf({ provider, status, minute, body, origin }: TransitionParts): Transition {
  const { phase, outcome, finality, flags, rank } = rules[status];
  return {
    origin,
    provider,
    verificationId: `${provider}:case`,
    source: `/providers/${provider}`,
    reference: null,
    phase,
    outcome,
    finality,
    flags: [...flags],
    // Of the three bodies, body 0 has an entry in `reasons`. Bodies 1 and 2 have none, and differ only in their
    // fingerprint.
    reasons: body === 0 ? [{ code: 'other', category: 'other', providerCode: 'X' }] : [],
    providerStatus: status,
    rank,
    occurredAt: minute === null ? null : `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`,
    fingerprint: `${origin.kind} ${status} ${minute} ${body}`,
    findings: emptyFindings,
  };
}

const mostlyTimed = (chance: Chance) => (chance.onceIn(8) ? null : chance.below(minutes));

const statement = (status: Status, signals: 'state' | 'step' = 'state'): Origin =>
  signals === 'step'
    ? { kind: 'statement', signals, evidence: 'none' }
    : {
        kind: 'statement',
        signals,
        evidence: rules[status].finality === 'final' && status !== 'EXPIRED' ? 'fetch' : 'none',
      };

/** Random transitions of IDnow: statements (most with a time). After ABORTED and CANCELED, the user may try again. */
const idnow: Profile = {
  delivery(chance) {
    const untimed = ['CREATED', 'STARTED', 'ABORTED'] as const;
    const timed = ['IN_REVIEW', 'CANCELED', 'APPROVED', 'DATA_CHANGED', 'DECLINED'] as const;
    const hasTime = chance.below(8) >= 3;
    const status = hasTime ? chance.pick(timed) : chance.pick(untimed);
    const minute = hasTime ? mostlyTimed(chance) : null;
    const body = chance.below(bodies);
    return transitionOf({ provider: 'idnow', status, minute, body, origin: statement(status) });
  },
  lookup: null,
};

/**
 * Random transitions of ID360: statements without a time (some only report progress), and lookups (most with a time).
 */
const id360 = {
  delivery(chance: Chance) {
    const status = chance.pick(['CREATED', 'STARTED', 'STARTED', 'EXPIRED', 'APPROVED', 'DECLINED'] as const);
    const signals = status === 'STARTED' && chance.onceIn(2) ? 'step' : 'state';
    const body = `${chance.below(bodies)} ${signals}`;
    return transitionOf({
      provider: 'id360',
      status,
      minute: null,
      body,
      origin: statement(status, signals),
    });
  },
  lookup(requestedBy: number, chance: Chance) {
    const status = chance.pick(['APPROVED', 'DECLINED', 'EXPIRED'] as const);
    const origin = { kind: 'lookup', requestedBy, effect: 'decide' } as const;
    return transitionOf({
      provider: 'id360',
      status,
      minute: mostlyTimed(chance),
      body: requestedBy,
      origin,
    });
  },
};

/** Random transitions of Datakeen: hints and lookups, all without a time. */
const datakeen = {
  delivery(chance: Chance) {
    const status = chance.pick(['SUBMITTED', 'IN_REVIEW'] as const);
    const onRepeat = status === 'SUBMITTED' ? 'compare' : 'ignore';
    const body = chance.below(bodies);
    return transitionOf({
      provider: 'datakeen',
      status,
      minute: null,
      body,
      origin: { kind: 'hint', onRepeat },
    });
  },
  lookup(requestedBy: number, chance: Chance) {
    const controls = ['APPROVED_BY_CONTROLS', 'DECLINED_BY_CONTROLS', 'NO_VERDICT'] as const;
    const newStatus = [
      'IN_REVIEW',
      'APPROVED',
      'DECLINED',
      'APPROVED_BY_HUMAN',
      'DECLINED_BY_HUMAN',
    ] as const;
    const status = chance.pick([...controls, ...newStatus]);
    const effect = status === 'NO_VERDICT' ? 'revise' : 'decide';
    const origin = { kind: 'lookup', requestedBy, effect } as const;
    const body = `${requestedBy} ${chance.below(2)}`;
    return transitionOf({ provider: 'datakeen', status, minute: null, body, origin });
  },
};

/** Gives a random half of the transitions a time, even if their provider sends no times. */
function mayHaveTime(transition: Transition, chance: Chance): Transition {
  if (chance.onceIn(2)) return transition;
  const minute = chance.below(10);
  return {
    ...transition,
    occurredAt: `2026-11-22T10:0${minute}:00Z`,
    fingerprint: `${transition.fingerprint} at ${minute}`,
  };
}

const mixed: Profile = {
  delivery: (chance) => mayHaveTime(chance.pick([idnow, id360, datakeen]).delivery(chance), chance),
  lookup: (requestedBy, chance) =>
    mayHaveTime(chance.pick([id360, datakeen]).lookup(requestedBy, chance), chance),
};

export const profiles: Readonly<Record<ProfileName, Profile>> = { idnow, id360, datakeen, mixed };
