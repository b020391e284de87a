import type { Transition } from '../../../shared/contract/transition.ts';

/** A transition in the format before decision record 030. It has flags and optional fields instead of an origin. */
export interface OldTransition extends Omit<Transition, 'origin'> {
  readonly confirmed: boolean;
  readonly progress: boolean;
  readonly wantsEvidence: boolean;
  readonly comparesAgain?: boolean;
  readonly onlyRevises?: boolean;
  readonly askedBy?: number;
}

export function oldTransitionOf({ origin, ...others }: Transition): OldTransition {
  switch (origin.kind) {
    case 'hint':
      return {
        ...others,
        confirmed: false,
        progress: false,
        wantsEvidence: true,
        comparesAgain: origin.onRepeat === 'compare',
      };
    case 'statement':
      return {
        ...others,
        confirmed: true,
        progress: origin.signals === 'step',
        wantsEvidence: origin.evidence === 'fetch',
      };
    case 'lookup':
      return {
        ...others,
        confirmed: true,
        progress: false,
        wantsEvidence: false,
        onlyRevises: origin.effect === 'revise',
        askedBy: origin.requestedBy,
      };
  }
}
