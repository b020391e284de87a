import type { ProviderName } from '../contract/provider-name.ts';
import { isReference } from '../parsing/reference.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { callbackSignature } from './guards/signed-url.ts';

interface Callback {
  /** Where the API is: `https://webhooks.example.com`, with its stage where it has one; also with `/webhooks/`. */
  readonly base: string;
  readonly provider: ProviderName;
  /** The caller's own id for the case: 1 to 128 of `A-Z a-z 0-9 . _ ~ -`. */
  readonly reference: string;
  /** One of the active URL secrets of the provider. */
  readonly secret: string;
}

/**
 * The URL to give to a provider that lets the caller choose it. The reference comes back on every event.
 *
 * @throws ConfigurationError where a part cannot be used
 * @example signCallbackUrl({ base, provider: 'id360', reference: 'order-1', secret })
 * // 'https://webhooks.example.com/webhooks/id360/order-1/vbkX…'
 */
export function signCallbackUrl({ base, provider, reference, secret }: Callback): string {
  if (!isReference(reference)) {
    throw new ConfigurationError(
      'a reference has 1 to 128 of the characters A-Z a-z 0-9 . _ ~ -, not only dots',
    );
  }
  if (secret === '') throw new ConfigurationError(`no secret to sign the callback URLs of ${provider} with`);
  const signature = callbackSignature(provider, reference, secret);
  return `${baseOf(base)}/webhooks/${provider}/${reference}/${signature}`;
}

function baseOf(base: string): string {
  const url = URL.parse(base);
  // No user, query or fragment: the path must come last.
  const usable =
    url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}${url.pathname}`;
  if (!usable) {
    throw new ConfigurationError(
      'the base of callback URLs is not a URL such as https://webhooks.example.com',
    );
  }
  // As the stack's output `WebhooksUrl` has it.
  return url.href.replace(/(\/webhooks)?\/*$/, '');
}
