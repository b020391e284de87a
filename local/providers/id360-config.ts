import * as z from 'zod';

/** The section `id360` of the local configuration. */
export const Id360Config = z.strictObject({
  /** Where ID360's API is. */
  apiUrl: z.url(),
  username: z.string().min(1),
  password: z.string().min(1),
  callbackHeader: z.strictObject({ name: z.string().min(1), values: z.array(z.string().min(1)) }),
  urlSecrets: z.array(z.string().min(1)),
  sourceIps: z.array(z.string()).default([]),
  /** Paths of further files of an enrollment, with `{id}`; null: not fetched. */
  idclaimPath: z.string().nullable().default(null),
  pdfPath: z.string().nullable().default(null),
});
export type Id360Config = z.infer<typeof Id360Config>;
