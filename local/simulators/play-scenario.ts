import { isDeepStrictEqual } from 'node:util';
import type { WebhookTry } from './post-once.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { CaseStateStore, Scenario, ScenarioRun, ScenarioStep } from './scenario.ts';
import { sendWebhook, sleepSeconds, type WebhookSendResult } from './send-webhook.ts';
import type { WebhookUrlAndCredentials } from './webhook-target.ts';

export interface PlayedStep {
  step: ScenarioStep;
  /** The result of sending the webhook. `lost`: the scenario does not send it. */
  outcome: WebhookSendResult['outcome'] | 'lost';
  tries: WebhookTry[];
}

export interface PlayScenarioOptions {
  scenario: Scenario;
  run: ScenarioRun;
  target: WebhookUrlAndCredentials;
  schedule: RetrySchedule;
  /** The simulator. It stores the state of each scenario step before the webhook of the step is sent. */
  simulator?: CaseStateStore;
  /**
   * When the next step starts if a webhook is not accepted. `wait` (the default): after a retry is accepted, or after
   * the last retry. `move-on`: at once. The retries then stop when a later step stores another state.
   */
  afterFailure?: 'wait' | 'move-on';
  onStep?: (played: PlayedStep) => void;
  /** Called each time the webhook was sent. `pause` is the time until its next retry in seconds, or null if none follows. */
  onTry?: (step: ScenarioStep, result: WebhookTry, pause: number | null) => void;
  /** Waits for the given number of seconds. Tests replace it. Default: a real timer. */
  wait?: (seconds: number) => Promise<unknown>;
}

/**
 * Plays a scenario: stores each state in the simulator and sends each webhook that is not lost. The promise resolves when every webhook
 * is accepted or no longer retried. It resolves to the played steps, in the order of the scenario.
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
    if (step.isLost) {
      const lost: PlayedStep = { step, outcome: 'lost', tries: [] };
      options.onStep?.(lost);
      deliveries.push(Promise.resolve(lost));
      continue;
    }
    const { firstTry, delivered } = deliver(step, options, () => !isDeepStrictEqual(current, step.state));
    deliveries.push(delivered);
    await (afterFailure === 'wait' ? delivered : Promise.race([firstTry, delivered]));
  }
  return Promise.all(deliveries);
}

const pollSeconds = 0.1;
const patienceSeconds = 60;

/** Waits until a fetcher has fetched `state` from the simulator. After 60 seconds, it stops waiting without an error. */
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
