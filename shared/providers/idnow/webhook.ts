import * as z from 'zod/mini';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../../platform/environment.ts';
import type { WebhookAdapter } from '../provider.ts';
import { makeIdnowEvidenceRule } from './evidence-rule.ts';
import { splitIdents } from './raw-idents.ts';
import { readIdents } from './read-idents.ts';
import { IdnowWebhookSecret } from './settings.ts';
import { expandIdnowSourceIps } from './source-ips.ts';

const Settings = {
  /** A JSON list. Each entry is a network, or the name of a set of networks that IDnow publishes. */
  IDNOW_SOURCE_IPS: z.pipe(jsonEnvironmentVariable, z.array(z.string())),
  /** True if the evidence of aborted and canceled idents is archived, too. */
  IDNOW_ARCHIVE_ENDED: z.stringbool(),
};

/**
 * Creates the webhook adapter of IDnow. It authenticates webhooks by source address and basic auth. A webhook's body has the
 * same format as the answer of GET Ident.
 */
export function createIdnowWebhookAdapter(environment: EnvironmentVariables): WebhookAdapter {
  const settings = readEnvironmentVariables(environment, Settings);
  return {
    provider: 'idnow',
    challenge: 'Basic realm="idv-webhooks", charset="UTF-8"',
    sourceIps: expandIdnowSourceIps(settings.IDNOW_SOURCE_IPS),
    credentials: (secret) => [
      { kind: 'basic', credentials: IdnowWebhookSecret.safeParse(secret).data?.basicAuth ?? [] },
    ],
    split: splitIdents,
    read: (body) => readIdents(body, { wantsEvidence: makeIdnowEvidenceRule(settings.IDNOW_ARCHIVE_ENDED) }),
  };
}
