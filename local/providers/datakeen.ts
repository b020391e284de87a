import { startDatakeenSimulator } from '../simulators/datakeen/start-datakeen-simulator.ts';
import type { DatakeenConfig } from './datakeen-config.ts';
import { generated } from './generated.ts';
import type { LocalProvider } from './local-provider.ts';

/** Datakeen's part of a local stack; without a configuration, the built-in simulator plays Datakeen. */
export async function localDatakeen(
  given: DatakeenConfig | undefined,
): Promise<LocalProvider<DatakeenConfig>> {
  const { config, simulator } = given === undefined ? await simulated() : { config: given, simulator: null };
  const { username, password, urlSecrets, ...stage } = config;
  return {
    route: '/webhooks/datakeen/{reference}/{signature}',
    config,
    simulator,
    stage,
    secrets: {
      'datakeen/webhook': { urlSecrets },
      'datakeen/api': { username, password },
    },
  };
}

async function simulated() {
  const account = { username: 'demo-user', password: generated() };
  const simulator = await startDatakeenSimulator(account);
  const config: DatakeenConfig = {
    ...account,
    apiUrl: simulator.url,
    authorizationScheme: 'Basic',
    urlSecrets: [generated()],
    sourceIps: [],
    newStatusFrom: 'every-url',
  };
  return { config, simulator };
}
