import { expect, test } from 'vitest';
import { idnowScenarioPlaySettings } from '../../local/simulators/idnow/simulation.ts';
import { createDoublingRetrySchedule, shortenRetrySchedule } from '../../local/simulators/retry-schedule.ts';

test.each([
  { giveUpAfter: 0, pauses: [] },
  { giveUpAfter: 1, pauses: [1] },
  { giveUpAfter: 14, pauses: [1, 2, 4] },
  { giveUpAfter: 15, pauses: [1, 2, 4, 8] },
])(
  'doublingPauses returns the pauses $pauses if it gives up after $giveUpAfter s',
  ({ giveUpAfter, pauses }) => {
    expect([...createDoublingRetrySchedule({ first: 1, giveUpAfter })()]).toEqual(pauses);
  },
);

test('the simulated IDnow retries after 1, 2, 4, 8, 16 … seconds for one day', () => {
  const pauses = [...idnowScenarioPlaySettings.schedule()];

  expect(pauses.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32]);
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(total).toBeLessThanOrEqual(86_400);
  expect(total + (pauses.at(-1) ?? 0) * 2).toBeGreaterThan(86_400);
});

test('a retry schedule starts with its first pause again for each delivery', () => {
  const schedule = createDoublingRetrySchedule({ first: 1, giveUpAfter: 3 });
  expect([[...schedule()], [...schedule()]]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test.each([
  { seconds: 0, pauses: [] },
  { seconds: 6, pauses: [1, 2] },
  { seconds: 7, pauses: [1, 2, 4] },
])('limitSchedule ends a retry schedule after $seconds s: the pauses are $pauses', ({ seconds, pauses }) => {
  expect([...shortenRetrySchedule(seconds, idnowScenarioPlaySettings.schedule)()]).toEqual(pauses);
});
