import { expect, test } from 'vitest';
import { compareHistory, type Difference } from './compare.ts';
import { profileNames, profiles } from './profiles.ts';

const histories = 2000;

/**
 * Returns true for the only difference that decision record 030 intends: a provisional statement belongs to an earlier
 * attempt if it is not later than that attempt.
 */
function isExpected({ kind, transition, before }: Difference): boolean {
  const { earlierUntil = null } = before?.ordering ?? {};
  const { occurredAt, origin, finality } = transition;
  return (
    ['state → stale previous-attempt', 'stale out-of-order → stale previous-attempt'].includes(kind) &&
    origin.kind !== 'hint' &&
    finality === 'provisional' &&
    earlierUntil !== null &&
    occurredAt !== null &&
    occurredAt <= earlierUntil
  );
}

test.each(profileNames)(
  'random histories of %s lead to the same decisions, events and jobs as with the code before decision record 030',
  (name) => {
    const unexpected = Array.from({ length: histories }, (_, seed) => compareHistory(profiles[name], seed))
      .flatMap(({ differences }) => differences)
      .filter((difference) => !isExpected(difference));
    expect(unexpected).toEqual([]);
  },
);
