import { datakeenSimulation } from './datakeen/simulation.ts';
import { id360Simulation } from './id360/simulation.ts';
import { idnowSimulation } from './idnow/simulation.ts';
import type { ProviderSimulation } from './provider-simulation.ts';

/** The simulations of all providers, by provider name. A new provider adds one line here. */
export const providerSimulations: ReadonlyMap<string, ProviderSimulation> = new Map([
  ['idnow', idnowSimulation],
  ['id360', id360Simulation],
  ['datakeen', datakeenSimulation],
]);
