import * as z from 'zod';
import { IpNetworkSchema } from '../../parsing/networks.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { type ProviderDeployment, type ProviderStageSection, providerLimits } from '../provider-stage.ts';
import { id360DeadlineSeconds } from './evidence-deadline.ts';
import { CallbackHeaderName, CallbackHeaderValue, EnrollmentFilePath, Id360ApiSecret } from './settings.ts';

/** The settings of a stage for ID360. */
export const Id360Settings = z.strictObject({
  /** The base URL of ID360's API: `https://id360docaposte.com`, or the host of ID360's test system (pre-production). */
  apiUrl: ApiUrl,
  /**
   * The networks from which callbacks come. An empty list accepts every address, because ID360 tells its addresses only
   * on request.
   */
  sourceIps: z.array(IpNetworkSchema).default([]),
  /**
   * The API paths of two optional files of an enrollment, with `{id}` for the enrollment's id. If a path is null, its
   * file is not fetched. ID360's guide names the first path, `/api/1.0.0/enrollment/{id}/idclaim`. Ask ID360 for the
   * path of the PDF.
   */
  idclaimPath: z.nullable(EnrollmentFilePath).default(null),
  pdfPath: z.nullable(EnrollmentFilePath).default(null),
  ...providerLimits,
});

export const id360StageSection = {
  section: Id360Settings.transform(deploymentOf),
  webhookSecret: {
    description: 'What proves a callback of ID360: header, signed URL',
    empty: { callbackHeader: { name: 'x-callback-token', values: [] }, urlSecrets: [] },
    complete: z.object({
      callbackHeader: z.object({ name: CallbackHeaderName, values: z.array(CallbackHeaderValue).min(1) }),
      urlSecrets: z.array(z.string().min(1)).optional(),
    }),
  },
  apiSecret: {
    description: 'Application account that we present to ID360',
    empty: { username: '', password: '' },
    complete: Id360ApiSecret,
  },
  takesSignedUrls: true,
  evidenceDeadlineSeconds: id360DeadlineSeconds,
} as const satisfies ProviderStageSection;

function deploymentOf(settings: z.infer<typeof Id360Settings>): ProviderDeployment {
  const { apiUrl, sourceIps, idclaimPath, pdfPath, evidenceConcurrency, lookupsPerMinute } = settings;
  return {
    receiver: { ID360_SOURCE_IPS: JSON.stringify(sourceIps) },
    fetcher: {
      ID360_API_URL: apiUrl,
      ID360_IDCLAIM_PATH: idclaimPath ?? '',
      ID360_PDF_PATH: pdfPath ?? '',
    },
    sessionKeeper: {
      everyMinutes: 13,
      description: "Uses ID360's token within its 15 minutes, so that nobody has to log in again",
      reason: 'A token lives 15 minutes after its last use',
      environment: { ID360_API_URL: apiUrl },
    },
    ...(sourceIps.length === 0 ? {} : { sourceNetworks: sourceIps }),
    evidenceConcurrency,
    lookupsPerMinute,
    unfitForLive: null,
  };
}
