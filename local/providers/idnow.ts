import * as z from 'zod';
import { IdnowSettings } from '../../shared/providers/idnow/stage.ts';
import { idnowScenarioPlaySettings } from '../simulators/idnow/simulation.ts';
import { startIdnowSimulator } from '../simulators/idnow/start-idnow-simulator.ts';
import { generateSecret } from './generated.ts';
import { defineLocalProvider } from './local-provider.ts';

/** The section `idnow` of the `--config` file: IDnow's settings in a stage, and the contents of IDnow's secrets. */
const IdnowConfig = IdnowSettings.omit({ evidenceConcurrency: true, lookupsPerMinute: true }).extend({
  accounts: z.array(z.strictObject({ companyId: z.string().min(1), apiKey: z.string().min(1) })),
  basicAuth: z.array(z.strictObject({ username: z.string().regex(/^[^:]*$/), password: z.string().min(1) })),
});
export type LocalIdnowConfig = z.infer<typeof IdnowConfig>;

/** IDnow in the local stack: its configuration, its scenarios and its simulator. */
export const localIdnowProvider = defineLocalProvider({
  config: IdnowConfig,
  path: '/webhooks/idnow',
  simulation: idnowScenarioPlaySettings,
  settingsOf: ({ accounts, basicAuth, ...stage }) => ({
    stage,
    webhookSecret: { basicAuth },
    apiSecret: { accounts },
  }),
  async startSimulator() {
    const accounts = [{ companyId: 'democompany', apiKey: generateSecret() }];
    const simulator = await startIdnowSimulator({ accounts });
    const config = {
      apiUrl: simulator.url,
      accounts,
      basicAuth: [{ username: 'idnow', password: generateSecret() }],
      sourceIps: ['127.0.0.1/32'],
      gateways: [],
      signingKeys: [simulator.signingKeyPem],
      archiveEnded: false,
      unpackZip: false,
    };
    return { config, simulator };
  },
});
