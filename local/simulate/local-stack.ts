import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';
import { connectToSimulator } from '../simulators/connect-to-simulator.ts';
import { SimulateError, StackNotRunningError } from '../simulators/errors.ts';
import {
  buildWebhookUrlAndCredentials,
  type ProviderAccountAndWebhookCredentials,
  type ScenarioPlaySettings,
} from '../simulators/provider-simulation.ts';
import type { CaseStateStore, ScenarioRun } from '../simulators/scenario.ts';
import type { WebhookUrlAndCredentials } from '../simulators/webhook-target.ts';

export interface LocalWebhookDestination {
  target(run: ScenarioRun): WebhookUrlAndCredentials;
  account: string | undefined;
  /** The running simulator of the provider's API. Undefined if the local stack uses another API. */
  simulator: CaseStateStore | undefined;
}

const description = z.object({
  webhooks: z.record(z.string(), z.string()),
  config: z.record(z.string(), z.unknown()),
  simulators: z.record(z.string(), z.string()).optional(),
});

/** The longest wait of the command for a starting local stack. A start can take a minute on a small, busy machine. */
const startPatienceSeconds = 120;

interface WaitOptions {
  print(line: string): void;
  /** Waits for the given number of seconds. Tests replace it. Default: a real timer. */
  wait?: (seconds: number) => Promise<unknown>;
}

/**
 * Asks the local stack for a provider's webhook URL and credentials. Waits if the local stack is still starting.
 * @throws StackNotRunningError if no local stack answers, or if the local stack does not start in time
 */
export async function fetchLocalWebhookDestination(
  port: number,
  providerName: string,
  provider: ScenarioPlaySettings,
  waiting: WaitOptions,
): Promise<LocalWebhookDestination> {
  const { webhooks, config, simulators } = await describe(port, waiting);
  const url = webhooks[providerName];
  if (url === undefined) throw new SimulateError(`The local stack has no webhook URL for ${providerName}`);
  const access = readConfig(provider, config[providerName]);
  const simulatorUrl = simulators?.[providerName];
  return {
    target: (run) => buildWebhookUrlAndCredentials(access, url, run),
    account: access.account,
    simulator: simulatorUrl === undefined ? undefined : connectToSimulator(simulatorUrl, provider),
  };
}

function readConfig(provider: ScenarioPlaySettings, section: unknown): ProviderAccountAndWebhookCredentials {
  try {
    return provider.readLocalConfig(section);
  } catch (cause) {
    throw new SimulateError('The local stack has no account or no credentials for this provider', { cause });
  }
}

async function describe(port: number, waiting: WaitOptions): Promise<z.infer<typeof description>> {
  const parsed = description.safeParse(await answerOf(port, waiting));
  if (parsed.success) return parsed.data;
  throw new StackNotRunningError(`The program on port ${port} is not the local stack. Try another --port.`);
}

async function answerOf(port: number, { print, wait = pause }: WaitOptions): Promise<unknown> {
  for (let seconds = 0; seconds <= startPatienceSeconds; seconds += 1) {
    const answer = await fetchLocalStackDescription(`http://127.0.0.1:${port}`);
    switch (answer.kind) {
      case 'answered':
        return answer.body;
      case 'absent':
        throw new StackNotRunningError(
          `The local stack does not answer on port ${port}. Start it with "npm start", or give another endpoint with --url.`,
          { cause: answer.cause },
        );
      case 'starting':
        if (seconds === 0) print(`The local stack on port ${port} is still starting. Waiting …`);
        await wait(1);
    }
  }
  throw new StackNotRunningError(
    `The local stack on port ${port} is still starting after ${startPatienceSeconds} seconds. Check the output of "npm start".`,
  );
}

const pause = (seconds: number) => delay(seconds * 1000);
