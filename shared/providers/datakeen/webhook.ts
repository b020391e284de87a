import * as z from 'zod';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import { all, type Guard } from '../../receiving/guards/guard.ts';
import { signedUrlGuard } from '../../receiving/guards/signed-url.ts';
import { sourceIpGuard } from '../../receiving/guards/source-ip.ts';
import type { WebhookReader } from '../provider.ts';
import { isBackOffice, isBelieved } from './new-status-from.ts';
import { readWebhook } from './read-webhook.ts';
import { NewStatusSettings, WebhookSecret } from './settings.ts';

const Settings = {
  /** JSON list of networks; an empty one lets in any source, since Datakeen publishes none. */
  DATAKEEN_SOURCE_IPS: jsonVariable.pipe(z.array(z.string())),
  ...NewStatusSettings,
};

const anySource: Guard = () => null;

/** Datakeen's webhooks: a signed URL, always, and a source address where configured. */
export function datakeenWebhook(environment: Environment): WebhookReader {
  const settings = readEnvironment(environment, Settings);
  const { DATAKEEN_SOURCE_IPS: networks, DATAKEEN_NEW_STATUS_FROM: newStatusFrom } = settings;
  const fromDatakeen = networks.length === 0 ? anySource : sourceIpGuard(networks);
  return {
    provider: 'datakeen',
    challenge: null,
    guard: (secret) => {
      const urlSecrets = WebhookSecret.safeParse(secret).data?.urlSecrets ?? [];
      return all(fromDatakeen, signedUrlGuard('datakeen', urlSecrets, { required: true }));
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
