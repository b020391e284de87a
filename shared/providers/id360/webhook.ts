import * as z from 'zod';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import type { WebhookSource } from '../provider.ts';
import { readCallback } from './read-callback.ts';
import { WebhookSecret } from './settings.ts';

const Settings = {
  /** A JSON list of networks. An empty list accepts every address, because ID360 tells its addresses only on request. */
  ID360_SOURCE_IPS: jsonVariable.pipe(z.array(z.string())),
};

const noSecret: z.infer<typeof WebhookSecret> = { callbackHeader: { name: '', values: [] }, urlSecrets: [] };

/**
 * Makes ID360's webhook half. It authenticates callbacks by a secret header, by the signature if the URL is signed, and
 * by the source address if networks are configured.
 */
export function id360Webhook(environment: Environment): WebhookSource {
  const { ID360_SOURCE_IPS: networks } = readEnvironment(environment, Settings);
  return {
    provider: 'id360',
    challenge: null,
    sourceIps: networks.length === 0 ? null : networks,
    credentials: (secret) => {
      const { callbackHeader, urlSecrets } = WebhookSecret.safeParse(secret).data ?? noSecret;
      return [
        { kind: 'header', ...callbackHeader },
        { kind: 'signed-url', secrets: urlSecrets, required: false },
      ];
    },
    read: (body, reference) => [readCallback(body, reference)],
  };
}
