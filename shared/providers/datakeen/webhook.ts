import * as z from 'zod';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import { all, type Guard } from '../guards/guard.ts';
import { signedUrlGuard } from '../guards/signed-url.ts';
import { sourceIpGuard } from '../guards/source-ip.ts';
import type { WebhookReader } from '../provider.ts';
import { readWebhook } from './read-webhook.ts';
import { WebhookSecret } from './settings.ts';

const Settings = {
  /** JSON list of networks; an empty one lets in any source, since Datakeen publishes none. */
  DATAKEEN_SOURCE_IPS: jsonVariable.pipe(z.array(z.string())),
  /** The reference in the URL that the back office has; empty: none. */
  DATAKEEN_BACK_OFFICE_REFERENCE: z.string(),
};

const anySource: Guard = () => null;

/**
 * Datakeen's webhooks: a signed URL, always, and a source address where configured. Users can learn the URL of
 * their own session, so where the back office has a URL of its own, `newStatus` is believed from that one only;
 * it serves all sessions, and so names no case.
 */
export function datakeenWebhook(environment: Environment): WebhookReader {
  const { DATAKEEN_SOURCE_IPS: networks, DATAKEEN_BACK_OFFICE_REFERENCE: backOffice } = readEnvironment(
    environment,
    Settings,
  );
  const fromDatakeen = networks.length === 0 ? anySource : sourceIpGuard(networks);
  return {
    provider: 'datakeen',
    challenge: null,
    guard: (secret) => {
      const urlSecrets = WebhookSecret.safeParse(secret).data?.urlSecrets ?? [];
      return all(fromDatakeen, signedUrlGuard('datakeen', urlSecrets, { required: true }));
    },
    read(body, reference) {
      const isBackOffice = backOffice !== '' && reference === backOffice;
      return [
        readWebhook(body, {
          reference: isBackOffice ? null : reference,
          tellsStatus: backOffice === '' || isBackOffice,
        }),
      ];
    },
  };
}
