import type { ProviderSimulation } from '../simulators/provider-simulation.ts';
import type { LocalProvider } from './local-provider.ts';
import { localProviders } from './local-providers.ts';

const byName: ReadonlyMap<string, LocalProvider> = new Map(Object.entries(localProviders));

/** What a player of scenarios needs to know about a provider; undefined if there is no provider of this name. */
export function simulationOf(provider: string): ProviderSimulation | undefined {
  return byName.get(provider)?.simulation;
}
