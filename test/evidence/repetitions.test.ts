import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import { createDatakeenApiEvidenceAdapter } from '../../shared/providers/datakeen/evidence.ts';
import { transitionOf } from '../providers/datakeen/fixtures.ts';
import { plays } from '../support/plays.ts';
import { startPlay } from './play.ts';

const bytesOf = (answer: unknown) => Buffer.from(JSON.stringify(answer));

const sessionId = '662f5f9c9c18e30012c2f021';
/** Datakeen sessions have only one document here, because each simulated case reads its session many times. */
const session = (options = {}) =>
  bytesOf(makeDatakeenSession({ sessionId, documents: ['id-card'], ...options }).result);

/** Possible results of Datakeen. `ends` lists the outcomes that a case may have if this is its last result. */
const results = {
  approved: { answer: session(), ends: ['approved'] },
  declined: { answer: session({ globalStatus: false }), ends: ['declined'] },
  // A result without a verdict turns an earlier outcome into an error. A case without an outcome stays undecided.
  undecided: { answer: session({ documents: ['other'], failedCrossControls: [] }), ends: ['error', null] },
} as const;
const resultNames = ['approved', 'declined', 'undecided'] as const satisfies (keyof typeof results)[];

/** Failed responses that Datakeen may give before its last result. */
const failures = ['not_found', 'not_ready', 'transient', 'incomplete'] as const;
const incomplete = bytesOf({ data: { job_status: { predictions: [{ results: { documents: [] } }] } } });
type Answer = (typeof resultNames)[number] | (typeof failures)[number];

/** The statuses that an analyst can set, and their outcomes. */
const analystStatuses = { user_approved: 'approved', user_rejected: 'declined' } as const;
type AnalystStatus = keyof typeof analystStatuses;

interface Options {
  readonly analyst?: readonly AnalystStatus[];
  /** How often Datakeen sends each webhook. */
  readonly times?: number;
  /** Called for each request that a comparison sends to Datakeen. @param nowMs the simulated time */
  onComparison?(nowMs: number): void;
}

/**
 * Imitates Datakeen and an analyst. After each change of the session, Datakeen sends a webhook. It equals the webhook
 * before it, or differs only in a field without meaning.
 */
async function play(
  scheduler: fc.Scheduler,
  history: readonly Answer[],
  pick: () => number,
  { analyst = [], times = 1, onComparison = () => {} }: Options = {},
) {
  let truth: Answer = analyst.length > 0 ? 'not_ready' : 'not_found';
  let isOver = false;

  const { begin, happens, deliver, end } = startPlay({
    provider: 'datakeen',
    scheduler,
    pick,
    source(now) {
      const source = createDatakeenApiEvidenceAdapter({ get }, true, { wait: async () => {}, now });
      return {
        ...source,
        compare(...parameters) {
          onComparison(now());
          return source.compare?.(...parameters) ?? null;
        },
      };
    },
    // The job of the last webhook is never lost, because no other webhook announces the last result.
    loses: ({ purpose, providerStatus }) =>
      !isOver && purpose === 'archive' && providerStatus === '' && pick() % 8 === 0,
  });
  async function get() {
    const answer = truth;
    await happens(`the answer: ${answer}`);
    if (answer === 'not_found' || answer === 'not_ready' || answer === 'transient')
      throw new EvidenceError(answer, 'GET session');
    const bytes = answer === 'incomplete' ? incomplete : results[answer].answer;
    return { bytes, json: JSON.parse(bytes.toString()) };
  }
  async function webhook(ids: object) {
    await happens(`webhook ${JSON.stringify(ids)}`);
    await deliver(transitionOf({ sessionId, ...ids }));
  }
  async function datakeen() {
    for (const [index, next] of history.entries()) {
      await happens(`Datakeen has ${next}`);
      truth = next;
      isOver = index === history.length - 1;
      begin(repeated());
    }
  }
  async function repeated() {
    for (let time = 0; time < times; time++) {
      await webhook(pick() % 4 === 0 ? { analysisId: `${pick()}` } : {});
      // Let started jobs continue. Otherwise, all repeated webhooks would arrive before the first comparison.
      if (times > 1) await setImmediate();
    }
  }
  async function analystDecides() {
    for (const newStatus of analyst) await webhook({ newStatus });
  }
  begin(datakeen());
  begin(analystDecides());
  return end();
}

const picks = fc.infiniteStream(fc.nat({ max: 999 }));

test('a Datakeen case ends with the last result that a webhook announced, even if tries fail or jobs get lost', async () => {
  const before = fc.array(fc.constantFrom<Answer>(...resultNames, ...failures), { maxLength: 4 });
  const last = fc.constantFrom(...resultNames);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), before, last, picks, async (scheduler, first, end, chance) => {
      const outcome = await play(scheduler, [...first, end], () => chance.next().value);
      expect(results[end].ends).toContain(outcome);
    }),
    { numRuns: plays(200) },
  );
}, 120_000);

test('an analyst’s last status decides the case, whatever results the Datakeen session has', async () => {
  // An analyst cannot decide a session that Datakeen does not know yet. So `not_found` is not in this list.
  const history = fc.array(fc.constantFrom<Answer>(...resultNames, 'not_ready', 'transient', 'incomplete'), {
    maxLength: 3,
  });
  const analyst = fc.shuffledSubarray<AnalystStatus>(['user_approved', 'user_rejected'], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, analyst, picks, async (scheduler, all, set, chance) => {
      const outcome = await play(scheduler, ['approved', ...all, 'declined'], () => chance.next().value, {
        analyst: set,
      });
      expect(outcome).toBe(set.map((status) => analystStatuses[status]).at(-1));
    }),
    { numRuns: plays(200) },
  );
}, 120_000);

test('a webhook that is repeated 40 times causes two comparisons a minute at most', async () => {
  // SQS delivers some messages twice, so the test allows twice as many comparisons.
  const maxComparisons = 2 * 2;
  const history = fc.array(fc.constantFrom(...resultNames), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, picks, async (scheduler, all, chance) => {
      // Prepare
      const comparisons = new Map<number, number>();
      const onComparison = (nowMs: number) => comparisons.set(nowMs, (comparisons.get(nowMs) ?? 0) + 1);
      // Act: the simulated time moves on only while all jobs wait for their next try.
      const outcome = await play(scheduler, all, () => chance.next().value, { times: 40, onComparison });
      // Assess
      expect(Math.max(0, ...comparisons.values())).toBeLessThanOrEqual(maxComparisons);
      expect(results[all.at(-1) ?? 'undecided'].ends).toContain(outcome);
    }),
    { numRuns: plays(10) },
  );
}, 120_000);
