import * as z from 'zod';
import { compileNetworks } from '../shared/parsing/networks.ts';
import { ConfigurationError } from '../shared/platform/errors.ts';
import { ApiUrl } from '../shared/provider-api/api-url.ts';
import { NewStatusFrom } from '../shared/providers/datakeen/new-status-from.ts';
import { AuthorizationScheme } from '../shared/providers/datakeen/settings.ts';
import { FilePath } from '../shared/providers/id360/settings.ts';
import { SigningKey } from '../shared/providers/idnow/settings.ts';
import { assertNoTestSources, expandSourceIps } from '../shared/providers/idnow/source-ips.ts';

/**
 * How many evidence jobs of a provider are worked on at once: a provider that throttles gets fewer. SQS takes 2 to
 * 1000 for an event source mapping.
 */
const EvidenceConcurrency = z.number().int().min(2).max(1000).default(10);

/** What differs from one deployment to another. Secrets are not here: they are in Secrets Manager. */
export const Stage = z
  .strictObject({
    /** Part of the stack's name: `idv-webhooks-{name}`. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    /** A live stage decides about real people: it takes no word from a provider's test environment. */
    live: z.boolean(),
    /** How long verifications and deliveries are kept. */
    retentionDays: z.number().int().positive().default(400),
    idnow: z
      .strictObject({
        /** The gateway of your region: `https://gateway.idnow.de`. */
        apiUrl: ApiUrl,
        /** Networks, and names of IDnow's published sets: live-de, live-ch, test, test-ch. */
        sourceIps: z.array(z.string()),
        /** Whether aborted and canceled idents are archived as well. */
        archiveEnded: z.boolean().default(false),
        /** Whether the files in the ZIP are archived one by one as well. */
        unpackZip: z.boolean().default(false),
        /** PEM public keys that IDnow signs the XML result with; without any, signatures are not looked at. */
        signingKeys: z.array(SigningKey).default([]),
        evidenceConcurrency: EvidenceConcurrency,
      })
      .optional(),
    /** Leave a provider out, and nothing of it is deployed. */
    id360: z
      .strictObject({
        /** `https://id360docaposte.com`, or the host of pre-production. */
        apiUrl: ApiUrl,
        /** Networks that callbacks come from; empty: any (the provider tells its addresses on request only). */
        sourceIps: z.array(z.string()).default([]),
        /**
         * Paths of further files of an enrollment, with `{id}`; null: not fetched. The guide names the former,
         * `/api/1.0.0/enrollment/{id}/idclaim`, and none for the PDF: ask ID360 for yours.
         */
        idclaimPath: FilePath.nullable().default(null),
        pdfPath: FilePath.nullable().default(null),
        evidenceConcurrency: EvidenceConcurrency,
      })
      .optional(),
    datakeen: z
      .strictObject({
        /** `https://app.datakeen.co`, or the host of version 2 of the API. */
        apiUrl: ApiUrl,
        /** How the token is presented: `Basic` to version 1, `Bearer` to version 2. */
        authorizationScheme: AuthorizationScheme.default('Basic'),
        /** Networks that webhooks come from; empty: any (the provider publishes none). */
        sourceIps: z.array(z.string()).default([]),
        /**
         * Which signed URLs `newStatus` is believed from: `{ reference }` of the one that you enter in Datakeen's back
         * office, `no-url`, or `every-url`, also one that a user has learnt.
         */
        newStatusFrom: NewStatusFrom,
        evidenceConcurrency: EvidenceConcurrency,
      })
      .optional(),
  })
  .refine(({ idnow, id360, datakeen }) => [idnow, id360, datakeen].some((section) => section !== undefined), {
    message: 'a stage serves at least one provider: idnow, id360, datakeen',
  });
export type Stage = z.infer<typeof Stage>;

/** @throws ConfigurationError, because users can learn the URL of their own session */
function assertNotFromEveryUrl(newStatusFrom: NewStatusFrom | undefined): void {
  if (newStatusFrom !== 'every-url') return;
  throw new ConfigurationError(
    'stage: datakeen.newStatusFrom "every-url" lets users approve themselves: in a live stage it is "no-url", or the { reference } in the URL of your back office',
  );
}

/** @throws ConfigurationError that says what is wrong, before anything is deployed */
export function parseStage(stage: unknown): Stage {
  const parsed = Stage.safeParse(stage);
  if (!parsed.success) throw new ConfigurationError(`stage: ${z.prettifyError(parsed.error)}`);
  const { idnow, id360, datakeen } = parsed.data;
  const idnowSources = idnow?.sourceIps ?? [];
  compileNetworks([
    ...expandSourceIps(idnowSources),
    ...(id360?.sourceIps ?? []),
    ...(datakeen?.sourceIps ?? []),
  ]);
  if (parsed.data.live) {
    assertNoTestSources(idnowSources);
    assertNotFromEveryUrl(datakeen?.newStatusFrom);
  }
  return parsed.data;
}
