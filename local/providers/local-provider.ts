import type * as z from 'zod';
import type { ScenarioPlaySettings } from '../simulators/provider-simulation.ts';
import type { CaseStateStore } from '../simulators/scenario.ts';

/** The settings that the configurations of all providers have in common. */
interface ProviderConfig {
  /** The URL of the provider's API. */
  readonly apiUrl: string;
}

/** A running simulator of a provider's API. */
export type ProviderSimulator = CaseStateStore & { readonly url: string; stop(): Promise<void> };

/** The stage section and the secrets of one provider, derived from the provider's configuration. */
interface LocalSettings {
  /** The provider's stage section. */
  readonly stage: object;
  /** The JSON of the secret `{provider}/webhook`. */
  readonly webhookSecret: object;
  /** The JSON of the secret `{provider}/api`. */
  readonly apiSecret: object;
}

/** A provider in a running local stack: its configuration, its secrets, and its simulator if there is one. */
export interface StartedProvider extends LocalSettings {
  /** The provider's section of the `--config` file. Without such a section: the configuration of the built-in simulator. */
  readonly config: ProviderConfig;
  /** The built-in simulator. Null if the `--config` file sets another API for this provider. */
  readonly simulator: ProviderSimulator | null;
}

/** A provider that the local stack can run. */
export interface LocalProvider {
  /** The schema of the provider's section in the `--config` file. */
  readonly config: z.ZodType<ProviderConfig>;
  /** The path of the provider's webhook URL. The local stack prints it at its start. */
  readonly path: string;
  /** The provider's scenarios, and the settings to send its webhooks. */
  readonly simulation: ScenarioPlaySettings;
  /** Returns the stage section that a section of the `--config` file contains. @throws ZodError if it is invalid */
  stageOf(section: unknown): object;
  /** Starts the provider with its section of the `--config` file. Without a section, starts its built-in simulator. */
  start(section?: unknown): Promise<StartedProvider>;
}

interface Definition<Config extends ProviderConfig> {
  readonly config: z.ZodType<Config>;
  readonly path: string;
  readonly simulation: ScenarioPlaySettings;
  settingsOf(config: Config): LocalSettings;
  startSimulator(): Promise<{ readonly config: Config; readonly simulator: ProviderSimulator }>;
}

/** Creates a provider of the local stack from the provider's configuration schema, scenarios and simulator. */
export function defineLocalProvider<Config extends ProviderConfig>(
  definition: Definition<Config>,
): LocalProvider {
  const { config: schema, path, simulation, settingsOf, startSimulator } = definition;
  return {
    config: schema,
    path,
    simulation,
    stageOf: (section) => settingsOf(schema.parse(section)).stage,
    async start(section) {
      const { config, simulator } =
        section === undefined ? await startSimulator() : { config: schema.parse(section), simulator: null };
      return { config, simulator, ...settingsOf(config) };
    },
  };
}
