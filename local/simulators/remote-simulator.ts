import * as z from 'zod';
import { SimulateError } from './errors.ts';
import type { ProviderSimulation } from './provider-simulation.ts';
import type { StateSink } from './scenario.ts';

const Fetched = z.object({ fetched: z.boolean() });

/** A provider simulator that runs in another process, reached by its control route. */
export function remoteSimulator(url: string, provider: ProviderSimulation): StateSink {
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
      return response.ok ? Fetched.parse(await response.json()).fetched : true;
    },
  };
}
