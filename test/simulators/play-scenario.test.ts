import { describe, expect, test } from 'vitest';
import { createScenarioRun } from '../../local/simulators/new-run.ts';
import { type PlayScenarioOptions, playScenario } from '../../local/simulators/play-scenario.ts';
import { createDoublingRetrySchedule } from '../../local/simulators/retry-schedule.ts';
import type { Scenario } from '../../local/simulators/scenario.ts';
import { bodiesOf, type Receiver, startReceiver } from './support/receiver.ts';

/** A scenario of an invented provider, because `playScenario` must work for any provider. */
const scenario: Scenario = {
  name: 'THREE',
  summary: 'three steps, the last one late',
  steps: ({ reference }) => [
    { title: 'first', body: { reference, says: 1 }, state: { is: 1 } },
    { title: 'second', body: { reference, says: 2 }, state: { is: 2 } },
    { title: 'first again', body: { reference, says: 1 }, state: { is: 2 } },
  ],
};

function play(receiver: Receiver, options: Partial<PlayScenarioOptions> = {}) {
  return playScenario({
    scenario,
    run: createScenarioRun({ account: 'a', reference: 'r' }),
    target: { url: receiver.url },
    schedule: createDoublingRetrySchedule({ first: 1, giveUpAfter: 100 }),
    wait: async () => {},
    ...options,
  });
}

test('playScenario stores the state of each step in the simulator before it sends the webhook of the step', async () => {
  await using receiver = await startReceiver();
  const log: unknown[] = [];

  await play(receiver, {
    simulator: { put: async (state) => void log.push(state) },
    onStep: ({ step }) => log.push(`${step.title}, ${receiver.received.length} received`),
  });

  expect(log).toEqual([
    { is: 1 },
    'first, 1 received',
    { is: 2 },
    'second, 2 received',
    { is: 2 },
    'first again, 3 received',
  ]);
  expect(bodiesOf(receiver)).toEqual([1, 2, 1].map((says) => ({ reference: 'r', says })));
});

test('playScenario stores the state of a lost step, and does not send its webhook', async () => {
  // Prepare
  await using receiver = await startReceiver();
  const states: unknown[] = [];
  const lossy: Scenario = {
    ...scenario,
    steps: (run) =>
      scenario.steps(run).map((step, index) => (index === 1 ? { ...step, isLost: true } : step)),
  };

  // Act
  const played = await play(receiver, {
    scenario: lossy,
    simulator: { put: (state) => void states.push(state) },
  });

  // Assess
  expect(bodiesOf(receiver)).toEqual([1, 1].map((says) => ({ reference: 'r', says })));
  expect(states).toEqual([{ is: 1 }, { is: 2 }, { is: 2 }]);
  expect(played.map(({ outcome }) => outcome)).toEqual(['accepted', 'lost', 'accepted']);
});

test('playScenario stores nothing in the simulator for a step without a state', async () => {
  await using receiver = await startReceiver();
  const states: unknown[] = [];
  const forged: Scenario = {
    ...scenario,
    steps: (run) => scenario.steps(run).map((step, index) => (index === 1 ? step : { ...step, state: null })),
  };

  await play(receiver, { scenario: forged, simulator: { put: (state) => void states.push(state) } });

  expect(states).toEqual([{ is: 2 }]);
  expect(bodiesOf(receiver)).toMatchObject([1, 2, 1].map((says) => ({ says })));
});

describe('a step with afterFetch', () => {
  const patient: Scenario = {
    ...scenario,
    steps: (run) => scenario.steps(run).map((step, index) => ({ ...step, afterFetch: index === 1 })),
  };

  test('playScenario sends a step with afterFetch as soon as the state of the previous step was fetched', async () => {
    // Prepare
    await using receiver = await startReceiver();
    const asked: unknown[] = [];
    const received: number[] = [];
    const waits: number[] = [];
    // Act
    await play(receiver, {
      scenario: patient,
      simulator: {
        put: () => undefined,
        wasFetched: (state) => {
          received.push(receiver.received.length);
          return asked.push(state) > 2;
        },
      },
      wait: async (seconds) => void waits.push(seconds),
    });
    // Assess
    expect(asked).toEqual([{ is: 1 }, { is: 1 }, { is: 1 }]);
    expect(received).toEqual([1, 1, 1]);
    expect(waits).toEqual([0.1, 0.1]);
  });

  test('playScenario sends a step with afterFetch after a time limit if the previous state is never fetched', async () => {
    await using receiver = await startReceiver();
    await play(receiver, {
      scenario: patient,
      simulator: { put: () => undefined, wasFetched: () => false },
    });
    expect(receiver.received).toHaveLength(3);
  });

  test('playScenario sends a step with afterFetch at once if no simulator can tell that a state was fetched', async () => {
    await using receiver = await startReceiver();
    const waits: number[] = [];
    const wait = async (seconds: number) => void waits.push(seconds);
    await play(receiver, { scenario: patient, wait });
    await play(receiver, { scenario: patient, wait, simulator: { put: () => undefined } });
    expect(receiver.received).toHaveLength(6);
    expect(waits).toEqual([]);
  });
});

test('playScenario waits until a delivery is accepted before it plays the next step', async () => {
  await using receiver = await startReceiver([500, 500]);

  const played = await play(receiver);

  expect(played.map(({ outcome, tries }) => [outcome, tries.length])).toEqual([
    ['accepted', 3],
    ['accepted', 1],
    ['accepted', 1],
  ]);
  expect(bodiesOf(receiver).map((body) => body)).toMatchObject([1, 1, 1, 2, 1].map((says) => ({ says })));
});

test('playScenario with move-on plays the next step after a failed try, and drops the delivery that failed', async () => {
  await using receiver = await startReceiver([500]);
  const pause = Promise.withResolvers<void>();

  const played = await play(receiver, {
    afterFailure: 'move-on',
    wait: () => pause.promise,
    onStep: ({ step }) => {
      if (step.title === 'first again') pause.resolve();
    },
  });

  expect(played.map(({ step, outcome }) => [step.title, outcome])).toEqual([
    ['first', 'outdated'],
    ['second', 'accepted'],
    ['first again', 'accepted'],
  ]);
  expect(bodiesOf(receiver)).toMatchObject([{ says: 1 }, { says: 2 }, { says: 1 }]);
});

test('playScenario fails and sends nothing if the simulator refuses a state', async () => {
  await using receiver = await startReceiver();
  const simulator = { put: () => Promise.reject(new Error('no such account')) };

  await expect(play(receiver, { simulator })).rejects.toThrow('no such account');
  expect(receiver.received).toEqual([]);
});

test('createScenarioRun chooses a new reference for each playing of a scenario, and times in the past', () => {
  const [one, other] = [createScenarioRun({ account: 'a' }), createScenarioRun({ account: 'a' })];

  expect(one.reference).not.toBe(other.reference);
  expect(one.baseTime.getTime()).toBeLessThan(Date.now() - 20 * 60_000);
  expect(createScenarioRun({ account: 'a', reference: 'mine' }).reference).toBe('mine');
});
