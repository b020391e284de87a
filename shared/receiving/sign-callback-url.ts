import type { ProviderName } from '../contract/provider-name.ts';
import { isReference } from '../parsing/reference.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { computeCallbackSignature } from './guards/signed-url.ts';

interface Callback {
  /**
   * The URL of the API, such as `https://webhooks.example.com` or `https://api.example.com/v1`. It may end with
   * `/webhooks/`.
   */
  readonly base: string;
  readonly provider: ProviderName;
  /** The caller's own id for the case: 1 to 128 of `A-Z a-z 0-9 . _ ~ -`. */
  readonly reference: string;
  /** One of the active URL secrets of the provider. */
  readonly secret: string;
}

/**
 * Signs a webhook URL for a provider that lets the caller choose the URL. Each event of the case contains the reference.
 *
 * @throws ConfigurationError if the base, the reference or the secret is invalid
 * @example signCallbackUrl({ base, provider: 'id360', reference: 'order-1', secret })
 * // 'https://webhooks.example.com/webhooks/id360/order-1/vbkX…'
 */
export function signCallbackUrl({ base, provider, reference, secret }: Callback): string {
  if (!isReference(reference)) {
    throw new ConfigurationError(
      'a reference has 1 to 128 of the characters A-Z a-z 0-9 . _ ~ -, and does not consist of dots only',
    );
  }
  if (secret === '') throw new ConfigurationError(`no secret to sign the callback URLs of ${provider} with`);
  const signature = computeCallbackSignature(provider, reference, secret);
  return `${baseOf(base)}/webhooks/${provider}/${reference}/${signature}`;
}

function baseOf(base: string): string {
  const url = URL.parse(base);
  // The base URL must not have a user, a query or a fragment, because the webhook's path is added at its end.
  const isUsable =
    url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}${url.pathname}`;
  if (!isUsable) {
    throw new ConfigurationError(
      'the base of callback URLs is not a URL such as https://webhooks.example.com',
    );
  }
  // Remove `/webhooks/` from the end of the base URL, because the stack's output `WebhooksUrl` ends with it.
  return url.href.replace(/(\/webhooks)?\/*$/, '');
}
