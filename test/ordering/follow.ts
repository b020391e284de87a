import type { Transition } from '../../shared/contract/transition.ts';
import { decide } from '../../shared/ordering/decide.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { evolve } from '../../shared/ordering/evolve.ts';
import type { Known } from '../../shared/ordering/known.ts';

/** A verification as far as ordering is concerned. */
export interface Followed {
  readonly known: Known;
  /** The transition that gave the state in force. */
  readonly state: Transition;
  /** The sequence of the last event. */
  readonly sequence: number;
}

export interface Step {
  readonly decision: Decision;
  readonly before: Followed | null;
  readonly after: Followed;
}

/** Decides about one transition, and remembers what follows. */
export function followOne(before: Followed | null, arriving: Transition): Step {
  const known = before?.known ?? null;
  const next = (before?.sequence ?? 0) + 1;
  const decision = decide(known, arriving);
  const isAccepted = decision.kind === 'accepted';
  const isState = isAccepted && decision.change !== 'recheck';
  const after = {
    known: evolve(known, arriving, decision, next),
    state: before === null || isState ? arriving : before.state,
    sequence: isAccepted ? next : next - 1,
  };
  return { decision, before, after };
}

/** Decides about one transition after the other. */
export function follow(arriving: readonly Transition[], start: Followed | null = null): Step[] {
  const steps: Step[] = [];
  let before = start;
  for (const each of arriving) {
    const step = followOne(before, each);
    steps.push(step);
    before = step.after;
  }
  return steps;
}
