import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalConsole } from './console/local-console.ts';
import { describeLocalStack } from './describe-system.ts';
import { localStackName, localStageName } from './local-names.ts';
import type { LocalConfig } from './providers/local-config.ts';
import { type StartedProviders, startLocalProviders } from './providers/start-providers.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from './stack/local-stack.ts';

export interface LocalSystemOptions
  extends Pick<
    LocalStackOptions,
    'port' | 'dataDir' | 'interceptEndpoint' | 'onLog' | 'variablesOf' | 'mostInstances'
  > {
  readonly config: LocalConfig;
  /**
   * Synthesizes the CDK app for a stage into a directory, and returns the directory of the cloud assembly. Default:
   * `synthesizeStage`. Tests pass a function that reuses an earlier synthesis.
   */
  readonly synthesize?: (stage: unknown, outdir: string) => Promise<string>;
  /** Called before the synthesis, when the HTTP API already answers 503. `npm start` builds the bundles here. */
  readonly beforeSynthesis?: () => Promise<void>;
}

export interface LocalSystem {
  readonly stack: LocalStack;
  readonly providers: StartedProviders;
  stop(): Promise<void>;
}

/**
 * Starts the local stack from the CDK app. If the configuration sets no API for a provider, also starts the provider's
 * simulator. The function bundles must exist before the synthesis: see `beforeSynthesis` and `bundleFunctions`.
 */
export async function startLocalSystem({
  config,
  beforeSynthesis = async () => undefined,
  synthesize,
  ...options
}: LocalSystemOptions): Promise<LocalSystem> {
  const directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-'));
  const providers = await startLocalProviders(config);
  const localConsole = createLocalConsole();
  const release = async () => {
    localConsole.close();
    await Promise.all(Object.values(providers).map(({ simulator }) => simulator?.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const stack = await startLocalStack({
      ...options,
      assembly: async () => {
        await beforeSynthesis();
        // Load the CDK library only now, because loading takes a second, and clients wait for the port.
        const synthesis = synthesize ?? (await import('./synthesize.ts')).synthesizeStage;
        return synthesis(localStage(providers), directory);
      },
      secrets: secretsOf(providers),
      localRoute: (started) => describeLocalStack(started, providers),
      localPages: ({ url }) => localConsole.serve(url),
    });
    return { stack, providers, stop: () => stack.stop().finally(release) };
  } catch (error) {
    await release();
    throw error;
  }
}

function localStage(providers: StartedProviders) {
  const sections = Object.entries(providers).map(([name, { stage }]) => [name, stage]);
  return { name: localStageName, live: false, ...Object.fromEntries(sections) };
}

function secretsOf(providers: StartedProviders): Record<string, unknown> {
  const secrets = Object.entries(providers).flatMap(([name, { webhookSecret, apiSecret }]) => [
    [`${localStackName}/${name}/webhook`, webhookSecret],
    [`${localStackName}/${name}/api`, apiSecret],
  ]);
  return Object.fromEntries(secrets);
}
