import * as z from 'zod';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import type { WebhookSource } from '../provider.ts';
import { readCallback } from './read-callback.ts';
import { WebhookSecret } from './settings.ts';

const Settings = {
  /** JSON list of networks; an empty one lets in any source, since ID360 names its own on request only. */
  ID360_SOURCE_IPS: jsonVariable.pipe(z.array(z.string())),
};

const noSecret: z.infer<typeof WebhookSecret> = { callbackHeader: { name: '', values: [] }, urlSecrets: [] };

/** ID360's callbacks: a secret header, a signed URL where the path has one, a source address where configured. */
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
