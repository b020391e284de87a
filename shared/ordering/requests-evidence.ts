import type { Transition } from '../contract/transition.ts';
import type { Accepted } from './decision.ts';

/** Whether an accepted transition requests a job that fetches the provider's evidence. */
export function requestsEvidence({ origin }: Transition, { change }: Accepted): boolean {
  if (change === 'recheck') return true;
  switch (origin.kind) {
    case 'hint':
      return true;
    case 'statement':
      return origin.evidence === 'fetch';
    case 'lookup':
      // It is being archived at this moment.
      return false;
  }
}
