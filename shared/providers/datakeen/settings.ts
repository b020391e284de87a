import * as z from 'zod/mini';
import { createTolerantListSchema } from '../../parsing/usable-entries.ts';
import { jsonEnvironmentVariable } from '../../platform/environment.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { TrustedNewStatusUrls } from './new-status-from.ts';

/** Datakeen's two secrets in Secrets Manager. Each contains JSON. */
export const DatakeenWebhookSecret = z.object({
  /** The secrets that sign callback URLs: several during a rotation. If the list is empty, every request is refused. */
  urlSecrets: createTolerantListSchema(z.string().check(z.minLength(1))),
});

/** Our credentials for Datakeen's API. */
export const DatakeenApiSecret = z.object({
  username: z.string().check(z.minLength(1)),
  password: z.string().check(z.minLength(1)),
});

/** The scheme of the `Authorization` header with our token: `Basic` for version 1 of the API, `Bearer` for version 2. */
export const DatakeenAuthorizationScheme = z.enum(['Basic', 'Bearer']);
export type DatakeenAuthorizationScheme = z.infer<typeof DatakeenAuthorizationScheme>;

/** The environment variable that both Datakeen's receiver and Datakeen's fetcher read. */
export const DatakeenNewStatusSettings = {
  DATAKEEN_NEW_STATUS_FROM: z.pipe(jsonEnvironmentVariable, TrustedNewStatusUrls),
};

/** The environment variables of a function that calls Datakeen's API. */
export const DatakeenApiSettings = {
  /** The base URL of Datakeen's API: `https://app.datakeen.co`, or the host of API version 2. */
  DATAKEEN_API_URL: ApiUrl,
  DATAKEEN_API_SECRET_ID: z.string().check(z.minLength(1)),
  DATAKEEN_AUTHORIZATION_SCHEME: DatakeenAuthorizationScheme,
};
