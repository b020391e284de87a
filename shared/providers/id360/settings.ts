import * as z from 'zod';
import { usableEntries } from '../../parsing/usable-entries.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';

/** A header's name is a token (RFC 9110, 5.1); a value that begins or ends with a space would never arrive. */
export const HeaderName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header');
export const HeaderValue = z.string().regex(/^[!-~]([ -~]*[!-~])?$/, 'is not what a header can carry');

/** The path of a file of an enrollment, with `{id}`: below the API, never a URL of its own. */
export const FilePath = z
  .string()
  .regex(/^\/?[\w.{}-]+(\/[\w.{}-]+)*\/?(\?[\w.{}=&-]*)?$/, 'is not a path below the API')
  .includes('{id}', 'has no {id} for the enrollment');

/**
 * ID360's two secrets in Secrets Manager. Each holds JSON; what ID360 presents to us may have several values,
 * during a rotation.
 */
export const WebhookSecret = z.object({
  /** The header that our `callback_endpoints` ask ID360 to send. */
  callbackHeader: z.object({ name: HeaderName, values: usableEntries(HeaderValue) }),
  /** What callback URLs are signed with; without any, signed ones are refused. */
  urlSecrets: usableEntries(z.string().min(1)).default([]),
});

/** What we present to ID360: the credentials of an application. */
export const ApiSecret = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** What calling the API takes. */
export const ApiSettings = {
  /** `https://id360docaposte.com`, or the host of pre-production. */
  ID360_API_URL: ApiUrl,
  ID360_API_SECRET_ID: z.string().min(1),
};
