import * as z from 'zod';
import { buildInvalidNetworkMessage, isIpNetwork } from '../../parsing/networks.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { explainUnfitApiUrl } from '../../provider-api/unfit-api-url.ts';
import { type ProviderDeployment, type ProviderStageSection, providerLimits } from '../provider-stage.ts';
import { idnowDeadlineSeconds } from './evidence-deadline.ts';
import { explainMismatchedAddresses } from './hosts.ts';
import { IdnowAccount, IdnowBasicAuth, IdnowSigningKey } from './settings.ts';
import { expandIdnowSourceIps, findIdnowTestAddress } from './source-ips.ts';

const Source = z.string().refine((entry) => expandIdnowSourceIps([entry]).every(isIpNetwork), {
  error: ({ input }) => buildInvalidNetworkMessage(input),
});

/** A further gateway of IDnow: for accounts in another country than that of `apiUrl`. */
const Gateway = z.strictObject({
  apiUrl: ApiUrl,
  /** The shortnames (IDnow's name of a customer account) that belong to this gateway. */
  companyIds: z.array(z.string().min(1)).min(1),
  /** The networks from which this gateway's webhooks come, like `sourceIps` of the section. */
  sourceIps: z.array(Source),
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
  /** Further gateways, if accounts are in several countries. All other shortnames belong to `apiUrl`. */
  gateways: z.array(Gateway).default([]),
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
  section: IdnowSettings.superRefine(refuseMismatches).transform(deploymentOf),
  webhookSecret: {
    description: 'Basic auth that IDnow presents to us',
    empty: { basicAuth: [] },
    complete: z.object({ basicAuth: z.array(IdnowBasicAuth).min(1) }),
  },
  apiSecret: {
    description: 'API keys that we present to IDnow, by shortname',
    empty: { accounts: [] },
    complete: z.object({ accounts: z.array(IdnowAccount).min(1) }),
  },
  takesSignedUrls: false,
  evidenceDeadlineSeconds: idnowDeadlineSeconds,
} as const satisfies ProviderStageSection;

function deploymentOf(settings: z.infer<typeof IdnowSettings>): ProviderDeployment {
  const { apiUrl, archiveEnded, unpackZip, signingKeys, evidenceConcurrency, lookupsPerMinute } = settings;
  const gateways = listGateways(settings);
  const sourceIps = [...new Set(gateways.flatMap((gateway) => gateway.sourceIps))];
  const api = {
    IDNOW_API_URL: apiUrl,
    IDNOW_GATEWAYS: JSON.stringify(
      settings.gateways.map(({ apiUrl: url, companyIds }) => ({ apiUrl: url, companyIds })),
    ),
  };
  return {
    receiver: {
      IDNOW_SOURCE_IPS: JSON.stringify(sourceIps),
      IDNOW_ARCHIVE_ENDED: String(archiveEnded),
    },
    fetcher: {
      ...api,
      IDNOW_ARCHIVE_ENDED: String(archiveEnded),
      IDNOW_UNPACK_ZIP: String(unpackZip),
      IDNOW_SIGNING_KEYS: JSON.stringify(signingKeys),
    },
    systemCheck: {
      everyMinutes: 5,
      reason: 'IDnow allows a system check every five minutes',
      environment: api,
    },
    sourceNetworks: expandIdnowSourceIps(sourceIps),
    evidenceConcurrency,
    lookupsPerMinute,
    unfitForLive: explainUnfitForLive(gateways, sourceIps),
  };
}

interface GatewayOfStage {
  /** The path of the gateway's settings in the section. */
  readonly path: readonly (string | number)[];
  readonly apiUrl: string;
  readonly sourceIps: readonly string[];
}

function listGateways({ apiUrl, sourceIps, gateways }: z.infer<typeof IdnowSettings>): GatewayOfStage[] {
  return [
    { path: [], apiUrl, sourceIps },
    ...gateways.map((gateway, index) => ({ path: ['gateways', index], ...gateway })),
  ];
}

/** Refuses a gateway with addresses of another one, and a shortname that belongs to two gateways. */
function refuseMismatches(settings: z.infer<typeof IdnowSettings>, context: z.RefinementCtx): void {
  for (const { path, ...gateway } of listGateways(settings)) {
    const message = explainMismatchedAddresses(gateway);
    if (message !== null) context.addIssue({ code: 'custom', path: [...path, 'sourceIps'], message });
  }
  const companyIds = settings.gateways.flatMap((gateway) => gateway.companyIds);
  const twice = companyIds.find((companyId, index) => companyIds.indexOf(companyId) !== index);
  if (twice === undefined) return;
  context.addIssue({ code: 'custom', path: ['gateways'], message: `name ${twice} twice in companyIds` });
}

function explainUnfitForLive(gateways: readonly GatewayOfStage[], sourceIps: string[]): string | null {
  const testSource = findIdnowTestAddress(sourceIps);
  if (testSource !== null)
    return `idnow.sourceIps of a live stage lets in ${testSource}, which IDnow's test environment sends from`;
  const reasons = gateways.map(({ path, apiUrl }) =>
    explainUnfitApiUrl(['idnow', ...path, 'apiUrl'].join('.'), apiUrl),
  );
  return reasons.find((reason) => reason !== null) ?? null;
}
