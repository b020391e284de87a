import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import { createId360ApiEvidenceAdapter } from '../../shared/providers/id360/evidence.ts';
import { transitionOf } from '../providers/id360/fixtures.ts';
import { plays } from '../support/plays.ts';
import { startPlay } from './play.ts';

const id = 50123;
const outcomes = { OK: 'approved', KO: 'declined', CANCELED: 'expired' } as const;
const statuses = ['OK', 'KO', 'CANCELED'] as const satisfies (keyof typeof outcomes)[];
type Status = (typeof statuses)[number];

/** What happens to the report in the end: it stays, it is deleted, or it gets an unknown status. */
const ends = ['stays', 'is gone', 'becomes DELETED'] as const;

interface Story {
  readonly history: readonly Status[];
  readonly end: (typeof ends)[number];
  /** True if ID360's reports contain the time of their result. */
  readonly hasTime: boolean;
}

/** Imitates ID360, which sends a callback after each change of its report. At the end, the report may disappear. */
async function play(scheduler: fc.Scheduler, { history, end, hasTime }: Story, pick: () => number) {
  let truth: Status = 'OK';
  let isEnded = false;
  let lastStatement: Status | null = null;
  let approvedSince = false;

  const {
    begin,
    happens,
    deliver,
    end: outcome,
  } = startPlay({
    provider: 'id360',
    scheduler,
    pick,
    source: () =>
      createId360ApiEvidenceAdapter({ url: (path) => new URL(path, 'http://id360.test'), call }, [], {
        wait: async () => undefined,
      }),
  });
  async function call() {
    const isGone = isEnded && end === 'is gone';
    const status = isEnded && end === 'becomes DELETED' ? 'DELETED' : truth;
    if (status === 'OK' && !isGone) approvedSince = true;
    const time = hasTime ? { finished_time: `2026-11-22T10:0${history.indexOf(truth)}:00Z` } : {};
    await happens(`the response: ${isGone ? 404 : status}`);
    if (isGone) throw new EvidenceError('not_found', 'GET report: answered 404');
    if (pick() % 10 === 0) throw new EvidenceError('transient', 'GET report: answered 500');
    return Response.json({ id, status, ...time });
  }
  async function callback(status: Status) {
    await happens(`callback ${status}`);
    lastStatement = status;
    approvedSince = false;
    await deliver(transitionOf({ id, status }));
  }
  async function id360() {
    for (const status of history) {
      await happens(`the report becomes ${status}`);
      truth = status;
      begin(callback(status));
    }
  }
  async function endOfReport() {
    await happens(`the report ${end}`);
    isEnded = true;
  }
  begin(id360());
  if (end !== 'stays') begin(endOfReport());
  return { outcome: await outcome(), truth, lastStatement, approvedSince };
}

const stories = fc.record<Story>({
  // No status occurs twice, because ordering cannot tell a repeated status from a stale one (docs/decisions/016).
  history: fc.shuffledSubarray([...statuses], { minLength: 1 }),
  end: fc.constantFrom(...ends),
  hasTime: fc.boolean(),
});

test('a case ends as ID360’s report says; without a report, an approval that was taken back does not return', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      stories,
      fc.infiniteStream(fc.nat({ max: 999 })),
      async (scheduler, story, picks) => {
        const { outcome, truth, lastStatement, approvedSince } = await play(
          scheduler,
          story,
          () => picks.next().value,
        );
        if (story.end === 'stays') expect(outcome).toBe(outcomes[truth]);
        // A fetched approval may have a later time than the last callback. Then the case may stay approved.
        else if (lastStatement !== 'OK' && !approvedSince && !(story.hasTime && truth === 'OK'))
          expect(outcome).not.toBe('approved');
      },
    ),
    { numRuns: plays(200) },
  );
}, 120_000);
