import * as z from 'zod';
import { usableEntries } from '../../parsing/usable-entries.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';

/** A header's name is a token (RFC 9110, 5.1). Its value must not begin or end with a space: servers remove such spaces. */
export const HeaderName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header');
export const HeaderValue = z.string().regex(/^[!-~]([ -~]*[!-~])?$/, 'is not what a header can carry');

/** The path of an enrollment's file below the API's base URL. It contains `{id}`, and is no complete URL. */
export const FilePath = z
  .string()
  .regex(/^\/?[\w.{}-]+(\/[\w.{}-]+)*\/?(\?[\w.{}=&-]*)?$/, 'is not a path below the API')
  .includes('{id}', 'has no {id} for the enrollment');

/**
 * ID360's two secrets in Secrets Manager. Each contains JSON. The credential that ID360 presents to us may have several
 * values during a rotation.
 */
export const WebhookSecret = z.object({
  /** The header that ID360 must send, as our `callback_endpoints` request it. */
  callbackHeader: z.object({ name: HeaderName, values: usableEntries(HeaderValue) }),
  /** The secrets that sign callback URLs. If the list is empty, every signed URL is refused. */
  urlSecrets: usableEntries(z.string().min(1)).default([]),
});

/** Our credentials at ID360: those of an application. */
export const ApiSecret = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** The settings for calling ID360's API. */
export const ApiSettings = {
  /** `https://id360docaposte.com`, or the host of pre-production. */
  ID360_API_URL: ApiUrl,
  ID360_API_SECRET_ID: z.string().min(1),
};
