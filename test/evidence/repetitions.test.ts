import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSession } from '../../local/simulators/datakeen/make-session.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import { sessionEvidence } from '../../shared/providers/datakeen/evidence.ts';
import { transitionOf } from '../providers/datakeen/fixtures.ts';
import { plays } from '../support/plays.ts';
import { startPlay } from './play.ts';

const bytesOf = (answer: unknown) => Buffer.from(JSON.stringify(answer));

const sessionId = '662f5f9c9c18e30012c2f021';
/** One document is enough: each play reads the result many times. */
const session = (options = {}) =>
  bytesOf(makeSession({ sessionId, documents: ['id-card'], ...options }).result);

/** What Datakeen can answer, and how a case ends of which that is the last answer. */
const results = {
  approved: { answer: session(), ends: ['approved'] },
  declined: { answer: session({ globalStatus: false }), ends: ['declined'] },
  // A decision is taken back; where there was none, there is none.
  undecided: { answer: session({ documents: ['other'], failedCrossControls: [] }), ends: ['error', null] },
} as const;
const resultNames = ['approved', 'declined', 'undecided'] as const satisfies (keyof typeof results)[];

/** Answers that come before the last result. */
const failures = ['not_found', 'not_ready', 'transient', 'incomplete'] as const;
const incomplete = bytesOf({ data: { job_status: { predictions: [{ results: { documents: [] } }] } } });
type Answer = (typeof resultNames)[number] | (typeof failures)[number];

/** An analyst's words, in any order, each once. */
const words = { user_approved: 'approved', user_rejected: 'declined' } as const;
type Word = keyof typeof words;

interface Options {
  readonly analyst?: readonly Word[];
  /** How often each webhook of Datakeen's is sent, one after the other. */
  readonly times?: number;
  /** Is told when a comparison asks Datakeen, as it is in the play. */
  onLook?(nowMs: number): void;
}

/**
 * Datakeen, whose session changes, and which says so with the same webhook each time, or with one whose body differs
 * where it means nothing; and an analyst.
 */
async function play(
  scheduler: fc.Scheduler,
  history: readonly Answer[],
  pick: () => number,
  { analyst = [], times = 1, onLook = () => {} }: Options = {},
) {
  let truth: Answer = analyst.length > 0 ? 'not_ready' : 'not_found';
  let isOver = false;

  const { begin, happens, deliver, end } = startPlay({
    provider: 'datakeen',
    scheduler,
    pick,
    source(now) {
      const source = sessionEvidence({ get }, true, { wait: async () => {}, now });
      return {
        ...source,
        async compare(...parameters) {
          onLook(now());
          return (await source.compare?.(...parameters)) ?? null;
        },
      };
    },
    // Only before the last word: else nobody could know of it.
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
      // Lets the jobs go on: else all repetitions would come before the first comparison.
      if (times > 1) await setImmediate();
    }
  }
  async function says() {
    for (const newStatus of analyst) await webhook({ newStatus });
  }
  begin(datakeen());
  begin(says());
  return end();
}

const picks = fc.infiniteStream(fc.nat({ max: 999 }));

test('whatever fails, is lost, or overtakes what: a case ends as the session does that was last told of', async () => {
  const before = fc.array(fc.constantFrom<Answer>(...resultNames, ...failures), { maxLength: 4 });
  const last = fc.constantFrom(...resultNames);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), before, last, picks, async (scheduler, first, end, chance) => {
      const outcome = await play(scheduler, [...first, end], () => chance.next().value);
      expect(results[end].ends).toContain(outcome);
    }),
    { numRuns: plays(500) },
  );
}, 120_000);

test('an analyst’s last word stands, whatever the session says meanwhile and later', async () => {
  // A session that Datakeen does not know yet has no analyst.
  const history = fc.array(fc.constantFrom<Answer>(...resultNames, 'not_ready', 'transient', 'incomplete'), {
    maxLength: 3,
  });
  const analyst = fc.shuffledSubarray<Word>(['user_approved', 'user_rejected'], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, analyst, picks, async (scheduler, all, said, chance) => {
      const outcome = await play(scheduler, ['approved', ...all, 'declined'], () => chance.next().value, {
        analyst: said,
      });
      expect(outcome).toBe(said.map((word) => words[word]).at(-1));
    }),
    { numRuns: plays(200) },
  );
}, 120_000);

test('however often a webhook is repeated: Datakeen is asked twice a minute at most, and the case ends right', async () => {
  // SQS delivers some messages twice.
  const mostLooks = 2 * 2;
  const history = fc.array(fc.constantFrom(...resultNames), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, picks, async (scheduler, all, chance) => {
      // Prepare
      const looks = new Map<number, number>();
      const onLook = (nowMs: number) => looks.set(nowMs, (looks.get(nowMs) ?? 0) + 1);
      // Act: time stands still in the play, but for the tries of jobs that have to wait.
      const outcome = await play(scheduler, all, () => chance.next().value, { times: 40, onLook });
      // Assess
      expect(Math.max(0, ...looks.values())).toBeLessThanOrEqual(mostLooks);
      expect(results[all.at(-1) ?? 'undecided'].ends).toContain(outcome);
    }),
    { numRuns: plays(10) },
  );
}, 120_000);
