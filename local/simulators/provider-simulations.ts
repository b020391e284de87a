import { datakeenSimulation } from './datakeen/simulation.ts';
import { id360Simulation } from './id360/simulation.ts';
import { idnowSimulation } from './idnow/simulation.ts';
import type { ProviderSimulation } from './provider-simulation.ts';

/** The providers that scenarios can be played for, by name. A further one is one more line here. */
export const providerSimulations: ReadonlyMap<string, ProviderSimulation> = new Map([
  ['idnow', idnowSimulation],
  ['id360', id360Simulation],
  ['datakeen', datakeenSimulation],
]);
