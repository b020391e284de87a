import * as z from 'zod';
import { SimulateError } from './errors.ts';
import type { ScenarioPlaySettings } from './provider-simulation.ts';
import type { CaseStateStore } from './scenario.ts';

const FetchedAnswer = z.object({ fetched: z.boolean() });

/** Returns a client for a simulator in another program. The client stores states through the simulator's control route. */
export function connectToSimulator(url: string, provider: ScenarioPlaySettings): CaseStateStore {
  return {
    async put(state) {
      const response = await fetch(new URL(provider.statePath(state), url), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(state),
      });
      if (!response.ok) {
        throw new SimulateError(
          `The simulator refused the state: ${response.status} ${await response.text()}`,
        );
      }
    },
    async wasFetched(state) {
      const response = await fetch(new URL(provider.statePath(state), url));
      return response.ok ? FetchedAnswer.parse(await response.json()).fetched : true;
    },
  };
}
