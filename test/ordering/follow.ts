import type { Transition } from '../../shared/contract/transition.ts';
import { decide } from '../../shared/ordering/decide.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { evolve } from '../../shared/ordering/evolve.ts';
import type { Known } from '../../shared/ordering/known.ts';

/** The part of a verification that ordering reads and changes. */
export interface Followed {
  readonly known: Known;
  /** The accepted transition that set the current state. */
  readonly state: Transition;
  /** The sequence of the last event. */
  readonly sequence: number;
}

export interface Step {
  readonly decision: Decision;
  readonly before: Followed | null;
  readonly after: Followed;
}

/** Decides about one transition. @returns the decision, and what ordering knows before and after it */
export function followOne(before: Followed | null, incoming: Transition): Step {
  const known = before?.known ?? null;
  const next = (before?.sequence ?? 0) + 1;
  const decision = decide(known, incoming);
  const isAccepted = decision.kind === 'accepted';
  const isState = isAccepted && decision.change !== 'recheck';
  const after = {
    known: evolve(known, incoming, decision, next),
    state: before === null || isState ? incoming : before.state,
    sequence: isAccepted ? next : next - 1,
  };
  return { decision, before, after };
}

/** Decides about several transitions in turn. */
export function follow(incoming: readonly Transition[], start: Followed | null = null): Step[] {
  const steps: Step[] = [];
  let before = start;
  for (const each of incoming) {
    const step = followOne(before, each);
    steps.push(step);
    before = step.after;
  }
  return steps;
}
