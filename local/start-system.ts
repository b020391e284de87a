import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSystem } from './describe-system.ts';
import type { LocalConfig } from './providers/local-config.ts';
import { type LocalProviders, startProviders } from './providers/local-providers.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from './stack/local-stack.ts';
import { synthesize } from './synthesize.ts';

export interface SystemOptions
  extends Pick<
    LocalStackOptions,
    'port' | 'dataDir' | 'interceptEndpoint' | 'onLog' | 'variablesOf' | 'mostInstances'
  > {
  readonly config: LocalConfig;
  /** See `synthesize`. */
  readonly copiesBundles?: boolean;
}

export interface LocalSystem {
  readonly stack: LocalStack;
  readonly providers: LocalProviders;
  stop(): Promise<void>;
}

/**
 * Starts the whole system on this machine: the providers' simulators (where the configuration names no other
 * API), and the stack that the CDK app synthesizes for them. The bundles must exist (`bundleFunctions`).
 */
export async function startSystem({ config, copiesBundles = true, ...options }: SystemOptions): Promise<LocalSystem> {
  const directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-'));
  const providers = await startProviders(config);
  const release = async () => {
    await Promise.all(Object.values(providers).map(({ simulator }) => simulator?.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const stack = await startLocalStack({
      ...options,
      assembly: await synthesize(localStage(providers), directory, { copiesBundles }),
      secrets: secretsOf(providers),
      localRoute: (started) => describeSystem(started, providers),
    });
    return { stack, providers, stop: () => stack.stop().finally(release) };
  } catch (error) {
    await release();
    throw error;
  }
}

const stageName = 'local';

function localStage(providers: LocalProviders) {
  const sections = Object.entries(providers).map(([name, { stage }]) => [name, stage]);
  return { name: stageName, live: false, ...Object.fromEntries(sections) };
}

function secretsOf(providers: LocalProviders): Record<string, unknown> {
  const all = Object.values(providers).flatMap(({ secrets }) => Object.entries(secrets));
  return Object.fromEntries(all.map(([name, value]) => [`idv-webhooks-${stageName}/${name}`, value]));
}
