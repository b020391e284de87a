import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { askLocalStack } from '../ask-local-stack.ts';
import { SimulateError, StackNotRunningError } from '../simulators/errors.ts';
import { type LocalAccess, type ProviderSimulation, targetOf } from '../simulators/provider-simulation.ts';
import { remoteSimulator } from '../simulators/remote-simulator.ts';
import type { ScenarioRun, StateSink } from '../simulators/scenario.ts';
import type { WebhookTarget } from '../simulators/webhook-target.ts';

export interface Destination {
  target(run: ScenarioRun): WebhookTarget;
  account: string | undefined;
  /** Absent where nothing simulates the provider's API. */
  simulator: StateSink | undefined;
}

const description = z.object({
  webhooks: z.record(z.string(), z.string()),
  config: z.record(z.string(), z.unknown()),
  simulators: z.record(z.string(), z.string()).optional(),
});

/** A start takes seconds, on a small and busy machine a minute. */
const startPatienceSeconds = 120;

interface Waiting {
  print(line: string): void;
  /** Waits this many seconds. */
  wait?: (seconds: number) => Promise<unknown>;
}

/**
 * Asks the local stack where a provider's webhooks go and with which credentials. Waits for a stack that still starts.
 * @throws StackNotRunningError
 */
export async function findLocalStack(
  port: number,
  providerName: string,
  provider: ProviderSimulation,
  waiting: Waiting,
): Promise<Destination> {
  const { webhooks, config, simulators } = await describe(port, waiting);
  const url = webhooks[providerName];
  if (url === undefined) throw new SimulateError(`The local stack has no webhook of ${providerName}`);
  const access = readConfig(provider, config[providerName]);
  const simulatorUrl = simulators?.[providerName];
  return {
    target: (run) => targetOf(access, url, run),
    account: access.account,
    simulator: simulatorUrl === undefined ? undefined : remoteSimulator(simulatorUrl, provider),
  };
}

function readConfig(provider: ProviderSimulation, section: unknown): LocalAccess {
  try {
    return provider.readLocalConfig(section);
  } catch (cause) {
    throw new SimulateError('The local stack has no account or no credential for this provider', { cause });
  }
}

async function describe(port: number, waiting: Waiting): Promise<z.infer<typeof description>> {
  const parsed = description.safeParse(await answerOf(port, waiting));
  if (parsed.success) return parsed.data;
  throw new StackNotRunningError(`What answers on port ${port} is not the local stack. Try another --port.`);
}

async function answerOf(port: number, { print, wait = pause }: Waiting): Promise<unknown> {
  for (let seconds = 0; seconds <= startPatienceSeconds; seconds += 1) {
    const answer = await askLocalStack(`http://127.0.0.1:${port}`);
    switch (answer.kind) {
      case 'answered':
        return answer.body;
      case 'absent':
        throw new StackNotRunningError(
          `The local stack does not answer on port ${port}. Start it with "npm start", or name an endpoint with --url.`,
          { cause: answer.cause },
        );
      case 'starting':
        if (seconds === 0) print(`The local stack on port ${port} is still starting. Waiting for it …`);
        await wait(1);
    }
  }
  throw new StackNotRunningError(
    `The local stack on port ${port} is still starting after ${startPatienceSeconds} seconds. See what "npm start" prints.`,
  );
}

const pause = (seconds: number) => delay(seconds * 1000);
