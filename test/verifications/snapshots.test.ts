import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../shared/contract/identity.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { plays } from '../support/plays.ts';
import { anyHistory, anyHistoryWithLostRows, eventsOfHistory } from '../support/random-histories.ts';

type Data = Readonly<Record<string, unknown>>;

/** The members of an event's data that are about this one event, not about the verification. */
const aboutTheEvent = ['changed', 'sequence', 'generation', 'occurredAt', 'receivedAt', 'supersedes'];

/** The data that a consumer has before the first event of a generation. */
const nothing: Data = {
  reference: null,
  outcome: null,
  flags: [],
  reasons: [],
  evidence: null,
  ...emptyFindings,
};

const stateOf = ({ data }: VerificationEvent): Data =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !aboutTheEvent.includes(name)));

/** A consumer that keeps the newest event. */
const upsert = (events: readonly VerificationEvent[]): Data | undefined => {
  const newest = events.toSorted(compareEvents).at(-1);
  return newest && stateOf(newest);
};

/** A consumer that applies only the changed members of each event. @returns its row after each event */
function applyChanges(events: readonly VerificationEvent[]): Data[] {
  let row: Data = nothing;
  return events.map(({ data }) => {
    const { provider, verificationId, reasonsOmitted, changed } = data;
    const before = data.sequence === 1 ? nothing : row;
    const { reasonsOmitted: _, ...others } = before;
    row = {
      ...(changed.includes('reasons') ? others : before),
      ...{ provider, verificationId },
      ...Object.fromEntries(changed.map((name) => [name, data[name]])),
      ...(changed.includes('reasons') && reasonsOmitted !== undefined ? { reasonsOmitted } : {}),
    };
    return row;
  });
}

/** Orders events as consumers do: by generation, then by sequence. */
function compareEvents({ data: a }: VerificationEvent, { data: b }: VerificationEvent): number {
  if (a.generation !== b.generation) return a.generation < b.generation ? -1 : 1;
  return a.sequence - b.sequence;
}

describe.each([
  ['random histories', anyHistory],
  ['random histories in which rows disappear', anyHistoryWithLostRows],
])('%s', (_title, histories) => {
  const everyHistory = (assess: (events: VerificationEvent[]) => void) =>
    fc.assert(
      fc.property(histories, (steps) => {
        assess(eventsOfHistory(steps));
      }),
      { numRuns: plays(300) },
    );

  test('a consumer that keeps the newest event has the same data as a consumer that applies each change', () => {
    everyHistory((events) => {
      const newest = events.map((_event, index) => upsert(events.slice(0, index + 1)));
      expect(newest).toEqual(applyChanges(events));
    });
  });

  test('claims are empty in each event whose outcome is not approved', () => {
    everyHistory((events) => {
      for (const { data } of events) if (data.outcome !== 'approved') expect(data.claims).toEqual({});
    });
  });

  test('sequences count 1, 2, 3 … within a generation, and each generation is later than the one before', () => {
    everyHistory((events) => {
      // Act
      const generations = Map.groupBy(events, ({ data }) => data.generation);
      // Assess
      for (const each of generations.values())
        expect(each.map(({ data }) => data.sequence)).toEqual(each.map((_, index) => index + 1));
      expect([...generations.keys()]).toEqual([...generations.keys()].toSorted());
      expect(events.toSorted(compareEvents), 'the order of publication').toEqual(events);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    });
  });

  test('the events do not depend on whether an instance remembers the row or reads it', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const rereading = steps.flatMap((step) => [step, { kind: 'reread' } as const]);
        // Each step takes a second, so both histories have a second step after each step.
        const remembering = steps.flatMap((step) => [
          step.kind === 'reread' ? ({ kind: 'nothing' } as const) : step,
          { kind: 'nothing' } as const,
        ]);
        expect(eventsOfHistory(rereading)).toEqual(eventsOfHistory(remembering));
      }),
      { numRuns: plays(200) },
    );
  });
});

test('random histories have all kinds of events, claims, several generations and several attempts', () => {
  // Act
  const histories = fc.sample(anyHistoryWithLostRows, 500).map(eventsOfHistory);
  // Assess
  const events = histories.flat();
  const types = new Set(events.map(({ type }) => type.replace(/^idv\.|\.v1$/g, '')));
  expect([...types].toSorted()).toEqual([
    'evidence.archived',
    'evidence.failed',
    'verification.decided',
    'verification.ended',
    'verification.revised',
    'verification.started',
    'verification.updated',
  ]);
  expect(events.some(({ data }) => Object.keys(data.claims).length > 0)).toBe(true);
  expect(events.some(({ data }) => data.attempt > 1)).toBe(true);
  expect(histories.some((each) => new Set(each.map(({ data }) => data.generation)).size > 1)).toBe(true);
});
