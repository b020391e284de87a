import * as z from 'zod';
import { ApiUrl } from '../../shared/provider-api/api-url.ts';
import { FilePath, HeaderName, HeaderValue } from '../../shared/providers/id360/settings.ts';

/** The section `id360` of the local configuration. */
export const Id360Config = z.strictObject({
  /** Where ID360's API is. */
  apiUrl: ApiUrl,
  username: z.string().min(1),
  password: z.string().min(1),
  callbackHeader: z.strictObject({ name: HeaderName, values: z.array(HeaderValue) }),
  urlSecrets: z.array(z.string().min(1)),
  sourceIps: z.array(z.string()).default([]),
  /** Paths of further files of an enrollment, with `{id}`; null: not fetched. */
  idclaimPath: FilePath.nullable().default(null),
  pdfPath: FilePath.nullable().default(null),
});
export type Id360Config = z.infer<typeof Id360Config>;
