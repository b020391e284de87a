import type { ScenarioPlaySettings } from '../simulators/provider-simulation.ts';
import type { LocalProvider } from './local-provider.ts';
import { localProviders } from './local-providers.ts';

const byName: ReadonlyMap<string, LocalProvider> = new Map(Object.entries(localProviders));

/** Returns a provider's scenarios, and the settings to send its webhooks. @returns undefined if the name is unknown */
export function findScenarioPlaySettings(provider: string): ScenarioPlaySettings | undefined {
  return byName.get(provider)?.simulation;
}
