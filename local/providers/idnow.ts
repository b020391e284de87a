import { startIdnowSimulator } from '../simulators/idnow/start-idnow-simulator.ts';
import { generated } from './generated.ts';
import type { IdnowConfig } from './idnow-config.ts';
import type { LocalProvider } from './local-provider.ts';

/** IDnow's part of a local stack; without a configuration, the built-in simulator plays IDnow. */
export async function localIdnow(given: IdnowConfig | undefined): Promise<LocalProvider<IdnowConfig>> {
  const { config, simulator } = given === undefined ? await simulated() : { config: given, simulator: null };
  const { apiUrl, sourceIps, archiveEnded, unpackZip, signingKeys } = config;
  return {
    route: '/webhooks/idnow',
    config,
    simulator,
    stage: { apiUrl, sourceIps, archiveEnded, unpackZip, signingKeys },
    secrets: {
      'idnow/webhook': { basicAuth: config.basicAuth },
      'idnow/api': { accounts: config.accounts },
    },
  };
}

async function simulated() {
  const accounts = [{ companyId: 'democompany', apiKey: generated() }];
  const simulator = await startIdnowSimulator({ accounts });
  const config: IdnowConfig = {
    apiUrl: simulator.url,
    accounts,
    basicAuth: [{ username: 'idnow', password: generated() }],
    sourceIps: ['127.0.0.1/32'],
    signingKeys: [simulator.signingKeyPem],
    archiveEnded: false,
    unpackZip: false,
  };
  return { config, simulator };
}
