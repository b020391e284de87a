import * as z from 'zod';
import { buildInvalidNetworkMessage, isIpNetwork } from '../../parsing/networks.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { type ProviderDeployment, type ProviderStageSection, providerLimits } from '../provider-stage.ts';
import { idnowDeadlineSeconds } from './evidence-deadline.ts';
import { IdnowSigningKey } from './settings.ts';
import { expandIdnowSourceIps, findIdnowTestAddress } from './source-ips.ts';

const Source = z.string().refine((entry) => expandIdnowSourceIps([entry]).every(isIpNetwork), {
  error: ({ input }) => buildInvalidNetworkMessage(input),
});

/** The settings of a stage for IDnow. */
export const IdnowSettings = z.strictObject({
  /** The base URL of IDnow's gateway in your region: `https://gateway.idnow.de`. */
  apiUrl: ApiUrl,
  /**
   * The networks from which webhooks come. An entry may be the name of a set that IDnow publishes: live-de, live-ch,
   * test, test-ch.
   */
  sourceIps: z.array(Source),
  /** True if the evidence of aborted and canceled idents is archived, too. */
  archiveEnded: z.boolean().default(false),
  /** True if the files in IDnow's ZIP are also archived one by one. */
  unpackZip: z.boolean().default(false),
  /**
   * IDnow's public keys in PEM format, which verify the signatures of the XML result. If the list is empty, signatures
   * are not checked. IDnow publishes its keys: https://go.idnow.de/assets/certs/idnow_signing_20171018.pem for live
   * accounts, https://go.idnow.de/assets/certs/idnow_signing_test_20171004.pem for test accounts.
   */
  signingKeys: z.array(IdnowSigningKey).default([]),
  ...providerLimits,
});

export const idnowStageSection = {
  section: IdnowSettings.transform(deploymentOf),
  webhookSecret: { description: 'Basic auth that IDnow presents to us', empty: { basicAuth: [] } },
  apiSecret: { description: 'API keys that we present to IDnow, by shortname', empty: { accounts: [] } },
  takesSignedUrls: false,
  evidenceDeadlineSeconds: idnowDeadlineSeconds,
} as const satisfies ProviderStageSection;

function deploymentOf(settings: z.infer<typeof IdnowSettings>): ProviderDeployment {
  const { apiUrl, sourceIps, archiveEnded, unpackZip, signingKeys, evidenceConcurrency, lookupsPerMinute } =
    settings;
  const testSource = findIdnowTestAddress(sourceIps);
  return {
    receiver: {
      IDNOW_SOURCE_IPS: JSON.stringify(sourceIps),
      IDNOW_ARCHIVE_ENDED: String(archiveEnded),
    },
    fetcher: {
      IDNOW_API_URL: apiUrl,
      IDNOW_ARCHIVE_ENDED: String(archiveEnded),
      IDNOW_UNPACK_ZIP: String(unpackZip),
      IDNOW_SIGNING_KEYS: JSON.stringify(signingKeys),
    },
    systemCheck: {
      everyMinutes: 5,
      reason: 'IDnow allows a system check every five minutes',
      environment: { IDNOW_API_URL: apiUrl },
    },
    evidenceConcurrency,
    lookupsPerMinute,
    unfitForLive:
      testSource === null
        ? null
        : `idnow.sourceIps of a live stage lets in ${testSource}, which IDnow's test environment sends from`,
  };
}
