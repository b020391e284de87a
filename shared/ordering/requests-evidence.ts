import type { Transition } from '../contract/transition.ts';
import type { AcceptedDecision } from './decision.ts';

/** Checks whether an accepted transition requests a job that fetches the provider's evidence. */
export function requestsEvidence({ origin }: Transition, { change }: AcceptedDecision): boolean {
  if (change === 'recheck') return true;
  switch (origin.kind) {
    case 'hint':
      return true;
    case 'statement':
      return origin.evidence === 'fetch';
    case 'lookup':
      // A lookup requests no job, because the job that fetched the lookup also archives it.
      return false;
  }
}
