import * as z from 'zod';
import { Network } from '../../parsing/networks.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { EvidenceConcurrency, type ProviderDeployment, type ProviderStage } from '../provider-stage.ts';
import { NewStatusFrom } from './new-status-from.ts';
import { AuthorizationScheme } from './settings.ts';

/** What a stage sets for Datakeen. */
export const DatakeenSettings = z.strictObject({
  /** `https://app.datakeen.co`, or the host of version 2 of the API. */
  apiUrl: ApiUrl,
  /** How the token is presented: `Basic` to version 1, `Bearer` to version 2. */
  authorizationScheme: AuthorizationScheme.default('Basic'),
  /** Networks that webhooks come from; empty: any (the provider publishes none). */
  sourceIps: z.array(Network).default([]),
  /**
   * Which signed URLs `newStatus` is believed from: `{ reference }` of the one that you enter in Datakeen's back
   * office, `no-url`, or `every-url`, also one that a user has learnt.
   */
  newStatusFrom: NewStatusFrom,
  evidenceConcurrency: EvidenceConcurrency,
});

export const datakeenStage = {
  section: DatakeenSettings.transform(deploymentOf),
  webhookSecret: { description: "What Datakeen's callback URLs are signed with", empty: { urlSecrets: [] } },
  apiSecret: {
    description: 'Account that we present to Datakeen',
    empty: { username: '', password: '' },
  },
  takesSignedUrls: true,
} as const satisfies ProviderStage;

function deploymentOf(settings: z.infer<typeof DatakeenSettings>): ProviderDeployment {
  const { apiUrl, authorizationScheme, sourceIps, newStatusFrom, evidenceConcurrency } = settings;
  const newStatus = { DATAKEEN_NEW_STATUS_FROM: JSON.stringify(newStatusFrom) };
  return {
    receiver: { DATAKEEN_SOURCE_IPS: JSON.stringify(sourceIps), ...newStatus },
    fetcher: {
      DATAKEEN_API_URL: apiUrl,
      DATAKEEN_AUTHORIZATION_SCHEME: authorizationScheme,
      ...newStatus,
    },
    evidenceConcurrency,
    // Users can learn the URL of their own session.
    unfitForLive:
      newStatusFrom === 'every-url'
        ? 'datakeen.newStatusFrom "every-url" lets users approve themselves: in a live stage it is "no-url", or the { reference } in the URL of your back office'
        : null,
  };
}
