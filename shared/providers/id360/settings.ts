import * as z from 'zod/mini';
import { createTolerantListSchema } from '../../parsing/usable-entries.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';

/**
 * The name of a header is a token (RFC 9110, 5.1). The value of a header must not begin or end with a space, because
 * servers remove such spaces, and then the received value would differ from the secret.
 */
export const CallbackHeaderName = z
  .string()
  .check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header'));
export const CallbackHeaderValue = z
  .string()
  .check(z.regex(/^[!-~]([ -~]*[!-~])?$/, 'is not what a header can carry'));

/**
 * The path of one of an enrollment's files, below the API's base URL. It contains `{id}` for the enrollment's id. A
 * complete URL is rejected.
 */
export const EnrollmentFilePath = z
  .string()
  .check(
    z.regex(/^\/?[\w.{}-]+(\/[\w.{}-]+)*\/?(\?[\w.{}=&-]*)?$/, 'is not a path below the API'),
    z.includes('{id}', 'has no {id} for the enrollment'),
  );

/**
 * ID360's two secrets in Secrets Manager. Each contains JSON. The credential that ID360 presents to us may have several
 * values during a rotation.
 */
export const Id360WebhookSecret = z.object({
  /** The secret header that ID360 must send with each callback. We request it from ID360 in `callback_endpoints`. */
  callbackHeader: z.object({
    name: CallbackHeaderName,
    values: createTolerantListSchema(CallbackHeaderValue),
  }),
  /** The secrets that sign callback URLs. If the list is empty, every signed URL is refused. */
  urlSecrets: z._default(createTolerantListSchema(z.string().check(z.minLength(1))), []),
});

/** Our credentials for ID360's API: an application account. */
export const Id360ApiSecret = z.object({
  username: z.string().check(z.minLength(1)),
  password: z.string().check(z.minLength(1)),
});

/** The environment variables of a function that calls ID360's API. */
export const Id360ApiSettings = {
  /** The base URL of ID360's API: `https://id360docaposte.com`, or the host of ID360's test system (pre-production). */
  ID360_API_URL: ApiUrl,
  ID360_API_SECRET_ID: z.string().check(z.minLength(1)),
};
