import * as z from 'zod';
import { SimulateError, StackNotRunningError } from '../errors.ts';
import { type LocalAccess, type ProviderSimulation, targetOf } from '../provider-simulation.ts';
import { remoteSimulator } from '../remote-simulator.ts';
import type { ScenarioRun, StateSink } from '../scenario.ts';
import type { WebhookTarget } from '../webhook-target.ts';

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

/** Asks the running local stack where a provider's webhooks go and with which credentials. */
export async function findLocalStack(
  port: number,
  providerName: string,
  provider: ProviderSimulation,
): Promise<Destination> {
  const { webhooks, config, simulators } = await describe(port);
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

async function describe(port: number): Promise<z.infer<typeof description>> {
  let answer: unknown;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/_local`);
    answer = await response.json();
  } catch (cause) {
    throw new StackNotRunningError(
      `The local stack does not answer on port ${port}. Start it with "npm start", or name an endpoint with --url.`,
      { cause },
    );
  }
  const parsed = description.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new StackNotRunningError(`What answers on port ${port} is not the local stack. Try another --port.`);
}
