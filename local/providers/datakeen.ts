import * as z from 'zod';
import { TrustedNewStatusUrls } from '../../shared/providers/datakeen/new-status-from.ts';
import { DatakeenSettings } from '../../shared/providers/datakeen/stage.ts';
import { datakeenScenarioPlaySettings } from '../simulators/datakeen/simulation.ts';
import { startDatakeenSimulator } from '../simulators/datakeen/start-datakeen-simulator.ts';
import { generateSecret } from './generated.ts';
import { defineLocalProvider } from './local-provider.ts';

/** The section `datakeen` of the `--config` file: Datakeen's settings in a stage, and the contents of Datakeen's secrets. */
const DatakeenConfig = DatakeenSettings.omit({ evidenceConcurrency: true, lookupsPerMinute: true }).extend({
  username: z.string().min(1),
  password: z.string().min(1),
  urlSecrets: z.array(z.string().min(1)),
  newStatusFrom: z._default(TrustedNewStatusUrls, 'every-url'),
});
export type LocalDatakeenConfig = z.infer<typeof DatakeenConfig>;

/** Datakeen in the local stack: its configuration, its scenarios and its simulator. */
export const localDatakeenProvider = defineLocalProvider<LocalDatakeenConfig>({
  config: DatakeenConfig,
  path: '/webhooks/datakeen/{reference}/{signature}',
  simulation: datakeenScenarioPlaySettings,
  settingsOf: ({ username, password, urlSecrets, ...stage }) => ({
    stage,
    webhookSecret: { urlSecrets },
    apiSecret: { username, password },
  }),
  async startSimulator() {
    const account = { username: 'demo-user', password: generateSecret() };
    const simulator = await startDatakeenSimulator(account);
    const config: LocalDatakeenConfig = {
      ...account,
      apiUrl: simulator.url,
      authorizationScheme: 'Basic',
      urlSecrets: [generateSecret()],
      sourceIps: [],
      newStatusFrom: 'every-url',
    };
    return { config, simulator };
  },
});
