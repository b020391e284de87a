import type { ProviderSimulation } from '../simulators/provider-simulation.ts';
import type { LocalProvider } from './local-provider.ts';
import { localProviders } from './local-providers.ts';

const byName: ReadonlyMap<string, LocalProvider> = new Map(Object.entries(localProviders));

/** Returns the scenarios of a provider, and how to send its webhooks; undefined if there is no provider with this name. */
export function simulationOf(provider: string): ProviderSimulation | undefined {
  return byName.get(provider)?.simulation;
}
