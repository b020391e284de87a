import { isDeepStrictEqual } from 'node:util';
import type { WebhookTry } from './post-once.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { CaseStateStore, Scenario, ScenarioRun, ScenarioStep } from './scenario.ts';
import { type DeliveryResult, sendWebhook, sleepSeconds } from './send-webhook.ts';
import type { WebhookTarget } from './webhook-target.ts';

export interface PlayedStep extends DeliveryResult {
  step: ScenarioStep;
}

export interface PlayScenarioOptions {
  scenario: Scenario;
  run: ScenarioRun;
  target: WebhookTarget;
  schedule: RetrySchedule;
  /** The simulator that stores the state of each step, before the webhook of the step is sent. */
  simulator?: CaseStateStore;
  /**
   * When the next step starts after a failed try. `wait` (the default): when the delivery has succeeded or is given up.
   * `move-on`: at once. If the next step has another state, the failed delivery is outdated and is not tried again.
   */
  afterFailure?: 'wait' | 'move-on';
  onStep?: (played: PlayedStep) => void;
  /** Called after each try. `pause` is the time until the next try in seconds, or null if no try follows. */
  onTry?: (step: ScenarioStep, result: WebhookTry, pause: number | null) => void;
  /** Waits for the given number of seconds. Tests replace it. Default: a real timer. */
  wait?: (seconds: number) => Promise<unknown>;
}

/**
 * Plays a scenario: stores each state in the simulator and sends each webhook. The promise resolves when every delivery
 * has ended. It resolves to the played steps, in the order of the scenario.
 *
 * @example
 * await playScenario({ scenario, run: createScenarioRun({ account: 'democompany' }), target, schedule, simulator })
 */
export async function playScenario(options: PlayScenarioOptions): Promise<PlayedStep[]> {
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

/** Waits until a fetcher has fetched this state from the simulator. After 60 seconds, it stops waiting without an error. */
async function untilFetched(
  state: unknown,
  { simulator, wait = sleepSeconds }: PlayScenarioOptions,
): Promise<void> {
  for (let waited = 0; waited < patienceSeconds; waited += pollSeconds) {
    if ((await simulator?.wasFetched?.(state)) ?? true) return;
    await wait(pollSeconds);
  }
}

function deliver(step: ScenarioStep, options: PlayScenarioOptions, isOutdated: () => boolean) {
  const { target, schedule, onStep, onTry, wait } = options;
  const first = Promise.withResolvers<void>();
  const delivered = sendWebhook({
    target,
    schedule,
    body: step.body,
    isOutdated,
    onTry: (result, pause) => {
      onTry?.(step, result, pause);
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
