import * as z from 'zod/mini';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../../platform/environment.ts';
import type { WebhookAdapter } from '../provider.ts';
import { isBackOfficeUrl, trustsNewStatus } from './new-status-from.ts';
import { readDatakeenWebhook } from './read-webhook.ts';
import { DatakeenNewStatusSettings, DatakeenWebhookSecret } from './settings.ts';

const Settings = {
  /** A JSON list of networks. An empty list accepts every address, because Datakeen publishes no addresses. */
  DATAKEEN_SOURCE_IPS: z.pipe(jsonEnvironmentVariable, z.array(z.string())),
  ...DatakeenNewStatusSettings,
};

/**
 * Creates the webhook adapter of Datakeen. It authenticates webhooks by their signed URL, and by their source address if
 * networks are configured.
 */
export function createDatakeenWebhookAdapter(environment: EnvironmentVariables): WebhookAdapter {
  const settings = readEnvironmentVariables(environment, Settings);
  const { DATAKEEN_SOURCE_IPS: networks, DATAKEEN_NEW_STATUS_FROM: newStatusFrom } = settings;
  return {
    provider: 'datakeen',
    challenge: null,
    sourceIps: networks.length === 0 ? null : networks,
    credentials: (secret) => {
      const secrets = DatakeenWebhookSecret.safeParse(secret).data?.urlSecrets ?? [];
      return [{ kind: 'signed-url', secrets, required: true }];
    },
    read(body, reference) {
      const fromBackOffice = isBackOfficeUrl(newStatusFrom, reference);
      return [
        readDatakeenWebhook(body, {
          reference: fromBackOffice ? null : reference,
          trustsNewStatus: trustsNewStatus(newStatusFrom, reference),
          isBackOffice: fromBackOffice,
        }),
      ];
    },
  };
}
