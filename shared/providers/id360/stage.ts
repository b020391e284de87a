import * as z from 'zod';
import { Network } from '../../parsing/networks.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { EvidenceConcurrency, type ProviderDeployment, type ProviderStage } from '../provider-stage.ts';
import { FilePath } from './settings.ts';

/** What a stage sets for ID360. */
export const Id360Settings = z.strictObject({
  /** `https://id360docaposte.com`, or the host of pre-production. */
  apiUrl: ApiUrl,
  /** Networks that callbacks come from; empty: any (the provider tells its addresses on request only). */
  sourceIps: z.array(Network).default([]),
  /**
   * Paths of further files of an enrollment, with `{id}`; null: not fetched. The guide names the former,
   * `/api/1.0.0/enrollment/{id}/idclaim`, and none for the PDF: ask ID360 for yours.
   */
  idclaimPath: FilePath.nullable().default(null),
  pdfPath: FilePath.nullable().default(null),
  evidenceConcurrency: EvidenceConcurrency,
});

export const id360Stage = {
  section: Id360Settings.transform(deploymentOf),
  webhookSecret: {
    description: 'What proves a callback of ID360: header, signed URL',
    empty: { callbackHeader: { name: 'x-callback-token', values: [] }, urlSecrets: [] },
  },
  apiSecret: {
    description: 'Application account that we present to ID360',
    empty: { username: '', password: '' },
  },
  takesSignedUrls: true,
} as const satisfies ProviderStage;

function deploymentOf(settings: z.infer<typeof Id360Settings>): ProviderDeployment {
  const { apiUrl, sourceIps, idclaimPath, pdfPath, evidenceConcurrency } = settings;
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
    evidenceConcurrency,
    unfitForLive: null,
  };
}
