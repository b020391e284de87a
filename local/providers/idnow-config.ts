import * as z from 'zod';
import { ApiUrl } from '../../shared/provider-api/api-url.ts';
import { SigningKey } from '../../shared/providers/idnow/settings.ts';

/** The section `idnow` of the local configuration. */
export const IdnowConfig = z.strictObject({
  /** Where IDnow's API is. */
  apiUrl: ApiUrl,
  accounts: z.array(z.strictObject({ companyId: z.string().min(1), apiKey: z.string().min(1) })),
  basicAuth: z.array(z.strictObject({ username: z.string().regex(/^[^:]*$/), password: z.string().min(1) })),
  sourceIps: z.array(z.string()),
  /** PEM public keys of the XML signature in IDnow's ZIP. */
  signingKeys: z.array(SigningKey).default([]),
  archiveEnded: z.boolean().default(false),
  unpackZip: z.boolean().default(false),
});
export type IdnowConfig = z.infer<typeof IdnowConfig>;
