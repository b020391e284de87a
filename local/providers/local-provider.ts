import type * as z from 'zod';
import type { ProviderSimulation } from '../simulators/provider-simulation.ts';
import type { StateSink } from '../simulators/scenario.ts';

/** The part of a configuration that all providers share. */
interface ProviderConfig {
  /** The URL of the provider's API. */
  readonly apiUrl: string;
}

/** A running simulator of a provider's API. */
export type Simulator = StateSink & { readonly url: string; stop(): Promise<void> };

/** The settings and secrets of the stack that follow from a configuration. */
interface LocalSettings {
  /** The provider's section of the stage. */
  readonly stage: object;
  /** The JSON of the secret `{provider}/webhook`. */
  readonly webhookSecret: object;
  /** The JSON of the secret `{provider}/api`. */
  readonly apiSecret: object;
}

/** A provider's part of a running local stack. */
export interface StartedProvider extends LocalSettings {
  /** The configuration in force: the section of `--config`, or the built-in simulator's. */
  readonly config: ProviderConfig;
  /** Null if the configuration names another API. */
  readonly simulator: Simulator | null;
}

/** A provider that the local stack can run. */
export interface LocalProvider {
  /** The provider's section of `--config`. */
  readonly config: z.ZodType<ProviderConfig>;
  /** The path of the provider's webhooks, as the stack prints it. */
  readonly path: string;
  /** The scenarios of the provider, and how to send its webhooks. */
  readonly simulation: ProviderSimulation;
  /** @param section of `--config`; without it, the built-in simulator plays the provider */
  start(section?: unknown): Promise<StartedProvider>;
}

interface Definition<Config extends ProviderConfig> {
  readonly config: z.ZodType<Config>;
  readonly path: string;
  readonly simulation: ProviderSimulation;
  settingsOf(config: Config): LocalSettings;
  startSimulator(): Promise<{ readonly config: Config; readonly simulator: Simulator }>;
}

/** Defines a provider of the local stack. */
export function localProvider<Config extends ProviderConfig>(definition: Definition<Config>): LocalProvider {
  const { config: schema, path, simulation, settingsOf, startSimulator } = definition;
  return {
    config: schema,
    path,
    simulation,
    async start(section) {
      const { config, simulator } =
        section === undefined ? await startSimulator() : { config: schema.parse(section), simulator: null };
      return { config, simulator, ...settingsOf(config) };
    },
  };
}
