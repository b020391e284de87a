import * as z from 'zod';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import { all, type Guard } from '../../receiving/guards/guard.ts';
import { secretHeaderGuard } from '../../receiving/guards/secret-header.ts';
import { signedUrlGuard } from '../../receiving/guards/signed-url.ts';
import { sourceIpGuard } from '../../receiving/guards/source-ip.ts';
import type { WebhookReader } from '../provider.ts';
import { readCallback } from './read-callback.ts';
import { WebhookSecret } from './settings.ts';

const Settings = {
  /** JSON list of networks; an empty one lets in any source, since ID360 names its own on request only. */
  ID360_SOURCE_IPS: jsonVariable.pipe(z.array(z.string())),
};

const noSecret: z.infer<typeof WebhookSecret> = { callbackHeader: { name: '', values: [] }, urlSecrets: [] };
const anySource: Guard = () => null;

/** ID360's callbacks: a secret header, a signed URL where the path has one, a source address where configured. */
export function id360Webhook(environment: Environment): WebhookReader {
  const { ID360_SOURCE_IPS: networks } = readEnvironment(environment, Settings);
  const fromId360 = networks.length === 0 ? anySource : sourceIpGuard(networks);
  return {
    provider: 'id360',
    challenge: null,
    guard: (secret) => {
      const { callbackHeader, urlSecrets } = WebhookSecret.safeParse(secret).data ?? noSecret;
      return all(fromId360, secretHeaderGuard(callbackHeader), signedUrlGuard('id360', urlSecrets));
    },
    read: (body, reference) => [readCallback(body, reference)],
  };
}
