import { isDeepStrictEqual } from 'node:util';
import type { Try } from './post-once.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { Scenario, ScenarioRun, StateSink, Step } from './scenario.ts';
import { type Delivery, realTime, sendWebhook } from './send-webhook.ts';
import type { WebhookTarget } from './webhook-target.ts';

export interface PlayedStep extends Delivery {
  step: Step;
}

export interface PlayOptions {
  scenario: Scenario;
  run: ScenarioRun;
  target: WebhookTarget;
  schedule: RetrySchedule;
  /** Gets each step's state, where it has one, before its webhook is sent. */
  simulator?: StateSink;
  /**
   * `wait` (the default): the case moves on when the delivery is settled, as if long had passed.
   * `move-on`: it moves on after the first try, so that a delivery that failed is overtaken and dropped.
   */
  afterFailure?: 'wait' | 'move-on';
  onStep?: (played: PlayedStep) => void;
  onTry?: (step: Step, attempt: Try, pause: number | null) => void;
  wait?: (seconds: number) => Promise<unknown>;
}

/**
 * Plays a scenario step by step, and resolves to the steps in their order once every delivery is settled.
 *
 * @example
 * await playScenario({ scenario, run: newRun({ account: 'democompany' }), target, schedule, simulator })
 */
export async function playScenario(options: PlayOptions): Promise<PlayedStep[]> {
  const { scenario, run, simulator, afterFailure = 'wait' } = options;
  const deliveries: Promise<PlayedStep>[] = [];
  let current: unknown;
  for (const step of scenario.steps(run)) {
    if (step.afterFetch) await untilFetched(current, options);
    if (step.state !== null) await simulator?.put(step.state);
    current = step.state;
    const { firstTry, delivered } = deliver(step, options, () => !isDeepStrictEqual(current, step.state));
    deliveries.push(delivered);
    await (afterFailure === 'wait' ? delivered : Promise.race([firstTry, delivered]));
  }
  return Promise.all(deliveries);
}

const pollSeconds = 0.1;
const patienceSeconds = 60;

/** Goes on in the end: a receiver that fetches nothing is to be seen, not waited for. */
async function untilFetched(state: unknown, { simulator, wait = realTime }: PlayOptions): Promise<void> {
  for (let waited = 0; waited < patienceSeconds; waited += pollSeconds) {
    if ((await simulator?.wasFetched?.(state)) ?? true) return;
    await wait(pollSeconds);
  }
}

function deliver(step: Step, options: PlayOptions, isOutdated: () => boolean) {
  const { target, schedule, onStep, onTry, wait } = options;
  const first = Promise.withResolvers<void>();
  const delivered = sendWebhook({
    target,
    schedule,
    body: step.body,
    isOutdated,
    onTry: (attempt, pause) => {
      onTry?.(step, attempt, pause);
      first.resolve();
    },
    ...(wait && { wait }),
  }).then((delivery) => {
    const played = { step, ...delivery };
    onStep?.(played);
    return played;
  });
  return { firstTry: first.promise, delivered };
}
