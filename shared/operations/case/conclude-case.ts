import type { Outcome } from '../../contract/state.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import type { Verification } from '../../verifications/verification.ts';
import type { CaseRecord } from './case-record.ts';

/** Why a case has its state, and what would change it. Each member is a list of sentences. */
export interface Conclusion {
  readonly why: readonly string[];
  readonly whatNext: readonly string[];
}

/** Concludes why a case is where it is. This function is pure. */
export function concludeCase({ verification, history, expiresAt }: CaseRecord): Conclusion {
  const quarantined = history.filter(
    ({ decision, resolution }) => decision === 'quarantined' && resolution === null,
  ).length;
  const open =
    quarantined === 0
      ? []
      : [
          `${count(quarantined, 'delivery', 'deliveries')} of the case ${quarantined === 1 ? 'is' : 'are'} in quarantine.`,
        ];
  const replay =
    quarantined === 0
      ? []
      : ['A version that understands the quarantined body would read it: see "idv quarantine list".'];
  if (verification === null) {
    return {
      why: ['The case has no state: no delivery was accepted, or its row has expired.', ...open],
      whatNext: [...replay, 'A delivery that we understand would create the case.'],
    };
  }
  if (isErased(verification)) return concludeErased(verification, expiresAt);
  const { why, whatNext } = concludeState(verification);
  const evidence = concludeEvidence(verification);
  return {
    why: [...why, ...open, ...evidence.why],
    whatNext: [...replay, ...whatNext, ...evidence.whatNext, ...concludeExpiry(verification, expiresAt)],
  };
}

function concludeErased({ receivedAt }: Verification, expiresAt: string | null): Conclusion {
  const end = expiresAt === null ? [] : [`Its tombstone is deleted after ${day(expiresAt)}.`];
  return {
    why: [
      `The case was erased at ${receivedAt}: only its tombstone is left, without personal data.`,
      'Later deliveries are answered with 200, and not stored.',
    ],
    whatNext: [...end, 'After that, a delivery begins a new generation of the case.'],
  };
}

function concludeExpiry({ heldSince }: Verification, expiresAt: string | null): string[] {
  if (heldSince !== undefined)
    return [
      `The case is under a legal hold since ${heldSince}: it does not expire, and cannot be erased.`,
      '"idv release" ends the hold.',
    ];
  return [expiresAt === null ? 'The case does not expire.' : `The case is deleted after ${day(expiresAt)}.`];
}

function concludeState(verification: Verification): Conclusion {
  const { phase, providerStatus, receivedAt, nextLookupAt, ordering, reasons, outcome, flags } = verification;
  const since = `The provider's last word is ${providerStatus}. The case changed last at ${receivedAt}.`;
  if (outcome === null) {
    const lookup =
      nextLookupAt === null
        ? []
        : [`If the provider stays silent, the case is looked up at ${instant(nextLookupAt)}.`];
    return {
      why: [pendingSentences[phase], since],
      whatNext: [
        'A webhook of the provider changes it.',
        ...lookup,
        '"idv reconcile" asks the provider now.',
      ],
    };
  }
  const because =
    reasons.length === 0
      ? []
      : [
          `The provider gives ${count(reasons.length, 'reason')}: ${reasons.map(({ code, providerCode }) => `${code} (${providerCode})`).join(', ')}.`,
        ];
  const ended = [outcomeSentences[outcome], since, ...because];
  if (ordering.progress !== 'final') {
    return {
      why: ended,
      whatNext: [
        flags.includes('retry_allowed')
          ? 'The user may start a new attempt.'
          : 'A webhook of the provider changes it.',
        'A final result of the provider replaces it.',
      ],
    };
  }
  return {
    why: ended,
    whatNext: ['The result is final: only another final result of the provider revises it.'],
  };
}

const pendingSentences: Readonly<Record<Verification['phase'], string>> = {
  created: 'The case is pending: it was created, and the user has not started.',
  in_progress: 'The case is pending: the user has started and not finished.',
  submitted: 'The case is pending: the user has finished, and we wait for the result.',
  in_review: 'The case is pending: the provider reviews it.',
  completed: 'The case is completed without an outcome.',
};

const outcomeSentences: Readonly<Record<Outcome, string>> = {
  approved: 'The case is approved: the provider vouches for the claims.',
  declined: 'The case is declined by the provider.',
  abandoned: 'The user has abandoned the attempt.',
  canceled: 'The case was canceled.',
  expired: 'The case has expired without a result.',
  error: 'The provider could not process the case.',
};

function concludeEvidence({ evidence }: Verification): Conclusion {
  if (evidence === null)
    return { why: ['No evidence was requested: no event of the case asks for any.'], whatNext: [] };
  const requested = `event ${evidence.requestedBy}`;
  switch (evidence.status) {
    case 'pending':
      return {
        why: [`The evidence that ${requested} requested is not archived yet.`],
        whatNext: ['The fetcher archives it, or tries again until the deadline of the provider.'],
      };
    case 'archived': {
      const missing = evidence.missing.length === 0 ? '' : `, ${evidence.missing.length} missing`;
      return {
        why: [
          `The evidence that ${requested} requested is archived: ${count(evidence.artifacts.length, 'artifact')}${missing}, manifest ${evidence.manifest}.`,
        ],
        whatNext: [],
      };
    }
    case 'failed':
      return {
        why: [
          `The evidence that ${requested} requested could not be archived: ${evidence.reason ?? 'unknown reason'}.`,
        ],
        whatNext: ['"idv redrive evidence" tries again, as long as the provider keeps it.'],
      };
  }
}

const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
const day = (at: string) => at.slice(0, 10);
