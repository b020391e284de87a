import * as z from 'zod';
import { ApiUrl } from '../../shared/provider-api/api-url.ts';
import { NewStatusFrom } from '../../shared/providers/datakeen/new-status-from.ts';
import { AuthorizationScheme } from '../../shared/providers/datakeen/settings.ts';

/** The section `datakeen` of the local configuration. */
export const DatakeenConfig = z.strictObject({
  /** Where Datakeen's API is. */
  apiUrl: ApiUrl,
  username: z.string().min(1),
  password: z.string().min(1),
  authorizationScheme: AuthorizationScheme.default('Basic'),
  urlSecrets: z.array(z.string().min(1)),
  sourceIps: z.array(z.string()).default([]),
  /** See `infra/stage.ts`. */
  newStatusFrom: NewStatusFrom.default('every-url'),
});
export type DatakeenConfig = z.infer<typeof DatakeenConfig>;
