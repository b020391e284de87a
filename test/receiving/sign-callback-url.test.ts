import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { createSignedUrlGuard } from '../../shared/receiving/guards/signed-url.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { request } from '../support/requests.ts';

const callback = {
  base: 'https://webhooks.example.com',
  provider: 'id360',
  reference: 'order-4711',
  secret: 'a secret',
} as const;
const path = '/webhooks/id360/order-4711/cCRD7zb6rRF9Vc62iPUQn2PwKZ9zR_s4_ERWg6fgLWk';

describe('signCallbackUrl', () => {
  test.each([
    ['https://webhooks.example.com', `https://webhooks.example.com${path}`],
    ['https://webhooks.example.com/', `https://webhooks.example.com${path}`],
    ['https://webhooks.example.com/prod', `https://webhooks.example.com/prod${path}`],
    ['https://webhooks.example.com/prod//', `https://webhooks.example.com/prod${path}`],
    ['http://127.0.0.1:3000', `http://127.0.0.1:3000${path}`],
    // The stack's output `WebhooksUrl` has this form.
    ['https://webhooks.example.com/v1/webhooks/', `https://webhooks.example.com/v1${path}`],
    ['https://webhooks.example.com/webhooks', `https://webhooks.example.com${path}`],
    ['https://webhooks.example.com/webhooks/v1', `https://webhooks.example.com/webhooks/v1${path}`],
  ])('a callback URL below %s ends with the path of the webhook and the signature', (base, expected) => {
    expect(signCallbackUrl({ ...callback, base })).toBe(expected);
  });

  test.each(['', '.', '..', 'a/b', 'a b', 'a%2Fb', 'a?b', 'a#b', 'é', 'a\n', 'x'.repeat(129)])(
    'a callback URL with the reference %j throws a ConfigurationError',
    (reference) => {
      expect(() => signCallbackUrl({ ...callback, reference })).toThrow(ConfigurationError);
    },
  );

  test.each([
    '',
    'webhooks.example.com',
    '/prod',
    'ftp://webhooks.example.com',
    'javascript:alert(1)',
    'https://webhooks.example.com?stage=prod',
    'https://webhooks.example.com#prod',
    'https://user:password@webhooks.example.com',
    'https://:password@webhooks.example.com',
  ])('a callback URL below the base %j throws a ConfigurationError', (base) => {
    expect(() => signCallbackUrl({ ...callback, base })).toThrow(ConfigurationError);
  });

  test('a callback URL without a secret throws an error', () => {
    expect(() => signCallbackUrl({ ...callback, secret: '' })).toThrow('no secret');
  });

  test('the error for an invalid reference contains neither the secret nor the reference', () => {
    const sign = () => signCallbackUrl({ ...callback, reference: 'name@example.org' });
    expect(sign).toThrow(/^(?!.*(name@|a secret))/);
  });

  test('a callback URL stays unchanged in a URL parser, and only its own provider accepts it', () => {
    const reference = fc
      .stringMatching(/^[A-Za-z0-9._~-]{1,128}$/)
      .filter((text) => text !== '.' && text !== '..');
    fc.assert(
      fc.property(reference, fc.string({ minLength: 1 }), (given, secret) => {
        const url = signCallbackUrl({ ...callback, reference: given, secret });
        expect(new URL(url).href).toBe(url);
        const [, , , received, signature] = new URL(url).pathname.split('/');
        const delivery = request({ pathParameters: { reference: received, signature } });
        expect(received).toBe(given);
        expect(createSignedUrlGuard('id360', { secrets: [secret], required: false })(delivery)).toBeNull();
        expect(
          createSignedUrlGuard('datakeen', { secrets: [secret], required: false })(delivery)?.status,
        ).toBe(401);
      }),
    );
  });
});
