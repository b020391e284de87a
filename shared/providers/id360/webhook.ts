import * as z from 'zod/mini';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../../platform/environment.ts';
import type { WebhookAdapter } from '../provider.ts';
import { readId360Callback } from './read-callback.ts';
import { Id360WebhookSecret } from './settings.ts';

const Settings = {
  /** A JSON list of networks. An empty list accepts every address, because ID360 tells its addresses only on request. */
  ID360_SOURCE_IPS: z.pipe(jsonEnvironmentVariable, z.array(z.string())),
};

const noSecret: z.infer<typeof Id360WebhookSecret> = {
  callbackHeader: { name: '', values: [] },
  urlSecrets: [],
};

/**
 * Creates the webhook adapter of ID360. It authenticates each callback by a secret header. It also checks the signature if
 * the URL is signed, and the source address if networks are configured.
 */
export function createId360WebhookAdapter(environment: EnvironmentVariables): WebhookAdapter {
  const { ID360_SOURCE_IPS: networks } = readEnvironmentVariables(environment, Settings);
  return {
    provider: 'id360',
    challenge: null,
    sourceIps: networks.length === 0 ? null : networks,
    credentials: (secret) => {
      const { callbackHeader, urlSecrets } = Id360WebhookSecret.safeParse(secret).data ?? noSecret;
      return [
        { kind: 'header', ...callbackHeader },
        { kind: 'signed-url', secrets: urlSecrets, required: false },
      ];
    },
    read: (body, reference) => [readId360Callback(body, reference)],
  };
}
