import { expect, test } from 'vitest';
import { compareHistory, type Difference } from './compare.ts';
import { profileNames, profiles } from './profiles.ts';

const histories = 2000;

/**
 * Returns true for the only intended difference of decision 030: a provisional statement that is not later than an
 * earlier attempt belongs to that attempt.
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
  'random histories of %s lead to the same decisions, events and jobs as with the code before decision 030',
  (name) => {
    const unexpected = Array.from({ length: histories }, (_, seed) => compareHistory(profiles[name], seed))
      .flatMap(({ differences }) => differences)
      .filter((difference) => !isExpected(difference));
    expect(unexpected).toEqual([]);
  },
);
