import * as z from 'zod';
import { CallbackHeaderName, CallbackHeaderValue } from '../../shared/providers/id360/settings.ts';
import { Id360Settings } from '../../shared/providers/id360/stage.ts';
import { id360ScenarioPlaySettings } from '../simulators/id360/simulation.ts';
import { startId360Simulator } from '../simulators/id360/start-id360-simulator.ts';
import { generateSecret } from './generated.ts';
import { defineLocalProvider } from './local-provider.ts';

/** The section `id360` of the `--config` file: ID360's settings in a stage, and the contents of ID360's secrets. */
const Id360Config = Id360Settings.omit({ evidenceConcurrency: true, lookupsPerMinute: true }).extend({
  username: z.string().min(1),
  password: z.string().min(1),
  callbackHeader: z.strictObject({ name: CallbackHeaderName, values: z.array(CallbackHeaderValue) }),
  urlSecrets: z.array(z.string().min(1)),
});
export type LocalId360Config = z.infer<typeof Id360Config>;

/** ID360 in the local stack: its configuration, its scenarios and its simulator. */
export const localId360Provider = defineLocalProvider({
  config: Id360Config,
  path: '/webhooks/id360',
  simulation: id360ScenarioPlaySettings,
  settingsOf: ({ username, password, callbackHeader, urlSecrets, ...stage }) => ({
    stage,
    webhookSecret: { callbackHeader, urlSecrets },
    apiSecret: { username, password },
  }),
  async startSimulator() {
    const account = { username: 'demo-application', password: generateSecret() };
    const simulator = await startId360Simulator(account);
    const config = {
      ...account,
      apiUrl: simulator.url,
      callbackHeader: { name: 'x-callback-token', values: [generateSecret()] },
      urlSecrets: [generateSecret()],
      sourceIps: [],
      idclaimPath: '/api/1.0.0/enrollment/{id}/idclaim',
      pdfPath: '/api/1.0.0/enrollment/{id}/report/pdf',
    };
    return { config, simulator };
  },
});
