import type { LocalConfig } from './local-config.ts';
import type { StartedProvider } from './local-provider.ts';
import { localProviders } from './local-providers.ts';

/** The providers of a running local stack, by name. */
export type StartedProviders = Readonly<Record<string, StartedProvider>>;

/** Starts all providers. If a provider has no section in the `--config` file, its built-in simulator starts. */
export async function startLocalProviders(config: LocalConfig): Promise<StartedProviders> {
  const started: [name: string, provider: StartedProvider][] = [];
  for (const [name, provider] of Object.entries(localProviders))
    started.push([name, await provider.start(config[name])]);
  return Object.fromEntries(started);
}
