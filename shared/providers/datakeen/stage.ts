import * as z from 'zod';
import { IpNetworkSchema } from '../../parsing/networks.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { type ProviderDeployment, type ProviderStageSection, providerLimits } from '../provider-stage.ts';
import { datakeenDeadlineSeconds } from './evidence-deadline.ts';
import { TrustedNewStatusUrls } from './new-status-from.ts';
import { DatakeenApiSecret, DatakeenAuthorizationScheme } from './settings.ts';

/** The settings of a stage for Datakeen. */
export const DatakeenSettings = z.strictObject({
  /** The base URL of Datakeen's API: `https://app.datakeen.co`, or the host of API version 2. */
  apiUrl: ApiUrl,
  /**
   * The scheme of the `Authorization` header with our token: `Basic` for version 1 of the API, `Bearer` for version 2.
   */
  authorizationScheme: z._default(DatakeenAuthorizationScheme, 'Basic'),
  /**
   * The networks from which webhooks come. An empty list accepts every address, because Datakeen publishes no
   * addresses.
   */
  sourceIps: z.array(IpNetworkSchema).default([]),
  /**
   * The signed URLs at which the status (`newStatus`) of a webhook is trusted:
   *
   * - `{ reference }`: only the URL with this reference, which you enter in Datakeen's back office.
   * - `no-url`: no URL.
   * - `every-url`: every signed URL, even if a user has learnt it. A live stage refuses this value.
   */
  newStatusFrom: TrustedNewStatusUrls,
  ...providerLimits,
});

export const datakeenStageSection = {
  section: DatakeenSettings.transform(deploymentOf),
  webhookSecret: {
    description: "What Datakeen's callback URLs are signed with",
    empty: { urlSecrets: [] },
    complete: z.object({ urlSecrets: z.array(z.string().min(1)).min(1) }),
  },
  apiSecret: {
    description: 'Account that we present to Datakeen',
    empty: { username: '', password: '' },
    complete: DatakeenApiSecret,
  },
  takesSignedUrls: true,
  sendsHints: true,
  evidenceDeadlineSeconds: datakeenDeadlineSeconds,
} as const satisfies ProviderStageSection;

function deploymentOf(settings: z.infer<typeof DatakeenSettings>): ProviderDeployment {
  const { apiUrl, authorizationScheme, sourceIps, newStatusFrom, evidenceConcurrency, lookupsPerMinute } =
    settings;
  const newStatus = { DATAKEEN_NEW_STATUS_FROM: JSON.stringify(newStatusFrom) };
  return {
    receiver: { DATAKEEN_SOURCE_IPS: JSON.stringify(sourceIps), ...newStatus },
    fetcher: {
      DATAKEEN_API_URL: apiUrl,
      DATAKEEN_AUTHORIZATION_SCHEME: authorizationScheme,
      ...newStatus,
    },
    ...(sourceIps.length === 0 ? {} : { sourceNetworks: sourceIps }),
    evidenceConcurrency,
    lookupsPerMinute,
    // With `every-url`, users could approve themselves, because they can learn the URL of their own session.
    unfitForLive:
      newStatusFrom === 'every-url'
        ? 'datakeen.newStatusFrom "every-url" lets users approve themselves: in a live stage it is "no-url", or the { reference } in the URL of your back office'
        : null,
  };
}
