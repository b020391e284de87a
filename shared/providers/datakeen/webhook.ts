import * as z from 'zod';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import type { WebhookSource } from '../provider.ts';
import { isBackOffice, isBelieved } from './new-status-from.ts';
import { readWebhook } from './read-webhook.ts';
import { NewStatusSettings, WebhookSecret } from './settings.ts';

const Settings = {
  /** JSON list of networks; an empty one lets in any source, since Datakeen publishes none. */
  DATAKEEN_SOURCE_IPS: jsonVariable.pipe(z.array(z.string())),
  ...NewStatusSettings,
};

/** Datakeen's webhooks: a signed URL, always, and a source address where configured. */
export function datakeenWebhook(environment: Environment): WebhookSource {
  const settings = readEnvironment(environment, Settings);
  const { DATAKEEN_SOURCE_IPS: networks, DATAKEEN_NEW_STATUS_FROM: newStatusFrom } = settings;
  return {
    provider: 'datakeen',
    challenge: null,
    sourceIps: networks.length === 0 ? null : networks,
    credentials: (secret) => {
      const secrets = WebhookSecret.safeParse(secret).data?.urlSecrets ?? [];
      return [{ kind: 'signed-url', secrets, required: true }];
    },
    read(body, reference) {
      const fromBackOffice = isBackOffice(newStatusFrom, reference);
      return [
        readWebhook(body, {
          reference: fromBackOffice ? null : reference,
          tellsStatus: isBelieved(newStatusFrom, reference),
          isBackOffice: fromBackOffice,
        }),
      ];
    },
  };
}
