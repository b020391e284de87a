import { startId360Simulator } from '../simulators/id360/start-id360-simulator.ts';
import { generated } from './generated.ts';
import type { Id360Config } from './id360-config.ts';
import type { LocalProvider } from './local-provider.ts';

/** ID360's part of a local stack; without a configuration, the built-in simulator plays ID360. */
export async function localId360(given: Id360Config | undefined): Promise<LocalProvider<Id360Config>> {
  const { config, simulator } = given === undefined ? await simulated() : { config: given, simulator: null };
  const { apiUrl, sourceIps, idclaimPath, pdfPath, username, password, callbackHeader, urlSecrets } = config;
  return {
    route: '/webhooks/id360',
    config,
    simulator,
    stage: { apiUrl, sourceIps, idclaimPath, pdfPath },
    secrets: {
      'id360/webhook': { callbackHeader, urlSecrets },
      'id360/api': { username, password },
    },
  };
}

async function simulated() {
  const account = { username: 'demo-application', password: generated() };
  const simulator = await startId360Simulator(account);
  const config: Id360Config = {
    ...account,
    apiUrl: simulator.url,
    callbackHeader: { name: 'x-callback-token', values: [generated()] },
    urlSecrets: [generated()],
    sourceIps: [],
    idclaimPath: '/api/1.0.0/enrollment/{id}/idclaim',
    pdfPath: '/api/1.0.0/enrollment/{id}/report/pdf',
  };
  return { config, simulator };
}
