import { describe, expect, test } from 'vitest';
import type { WebhookRequest } from '../../../shared/contract/webhook-request.ts';
import { createId360WebhookAdapter } from '../../../shared/providers/id360/webhook.ts';
import { compileProviderGuard } from '../../../shared/receiving/guards/compile-guard.ts';
import { computeCallbackSignature } from '../../../shared/receiving/guards/signed-url.ts';
import { signCallbackUrl } from '../../../shared/receiving/sign-callback-url.ts';
import { request } from '../../support/requests.ts';

const anywhere = createId360WebhookAdapter({ ID360_SOURCE_IPS: '[]' });
const somewhere = createId360WebhookAdapter({ ID360_SOURCE_IPS: '["192.0.2.0/24", "2001:db8::/32"]' });
const secret = {
  callbackHeader: { name: 'X-Callback-Token', values: ['old', 'new'] },
  urlSecrets: ['url secret', 'next url secret'],
};
const headers = new Map([['x-callback-token', 'new']]);

function signedPath(reference: string, key: string): WebhookRequest['pathParameters'] {
  const url = signCallbackUrl({ base: 'https://h.example', provider: 'id360', reference, secret: key });
  return { reference, signature: new URL(url).pathname.split('/')[4] };
}

describe('authentication of ID360 callbacks', () => {
  test('a callback without the secret header is refused', () => {
    const guard = compileProviderGuard(anywhere)(secret);
    expect(guard(request({ headers }))).toBeNull();
    expect(guard(request())).toEqual({ status: 401, reason: 'credential' });
    expect(anywhere.challenge).toBeNull();
  });

  test('a callback to a signed URL needs the secret header and a valid signature', () => {
    const refused = (changes: Partial<WebhookRequest>) =>
      compileProviderGuard(anywhere)(secret)(request({ headers, ...changes }))?.reason ?? null;
    const good = signedPath('order-1', 'next url secret');
    expect(refused({ pathParameters: good })).toBeNull();
    expect(refused({ pathParameters: good, headers: new Map() })).toBe('credential');
    expect(refused({ pathParameters: signedPath('order-1', 'another') })).toBe('credential');
    expect(refused({ pathParameters: { ...good, reference: 'order-2' } })).toBe('credential');
  });

  test('if source addresses are configured, a callback from another address is refused', () => {
    const refused = (sourceIp: string, more: Partial<WebhookRequest> = {}) =>
      compileProviderGuard(somewhere)(secret)(request({ headers, sourceIp, ...more }))?.status ?? null;
    expect(refused('192.0.2.7')).toBeNull();
    expect(refused('2001:db8::7')).toBeNull();
    expect(refused('198.51.100.7')).toBe(403);
    expect(refused('198.51.100.7', { headers: new Map() })).toBe(403);
    expect(refused('192.0.2.7', { headers: new Map() })).toBe(401);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'new'],
    ['a placeholder', { placeholder: 'x' }],
    ['without a header', { urlSecrets: secret.urlSecrets }],
    ['without a value', { ...secret, callbackHeader: { name: 'X-Callback-Token', values: [] } }],
    ['with an empty value', { ...secret, callbackHeader: { name: 'X-Callback-Token', values: [''] } }],
    ['with a value that HTTP trims', { ...secret, callbackHeader: { name: 'X-T', values: ['new '] } }],
    ['with an invalid header name', { ...secret, callbackHeader: { name: 'X Callback', values: ['new'] } }],
  ])('every ID360 callback is refused if the webhook secret is: %s', (_what, value) => {
    const guard = compileProviderGuard(anywhere)(value);
    const expected = { status: 401, reason: 'no-secret-configured' };
    expect(guard(request({ headers }))).toEqual(expected);
    expect(guard(request({ headers, pathParameters: signedPath('order-1', 'url secret') }))).toEqual(
      expected,
    );
  });

  test('an invalid value in the ID360 webhook secret does not disable the valid values', () => {
    const values = ['', 'new', 'new ', 7, 'clé'];
    const urlSecrets = ['', 'url secret', null];
    const guard = compileProviderGuard(anywhere)({
      callbackHeader: { name: 'X-Callback-Token', values },
      urlSecrets,
    });
    const pathParameters = signedPath('order-1', 'url secret');
    expect(guard(request({ headers, pathParameters }))).toBeNull();
    expect(guard(request({ headers: new Map([['x-callback-token', '']]) }))?.status).toBe(401);
    const unsigned = { reference: 'order-1', signature: computeCallbackSignature('id360', 'order-1', '') };
    expect(guard(request({ headers, pathParameters: unsigned }))?.status).toBe(401);
  });

  test.each([undefined, [], ['']])(
    'if the URL secrets are %j, callbacks to signed URLs are refused, but callbacks to the plain URL are accepted',
    (urlSecrets) => {
      const guard = compileProviderGuard(anywhere)({ callbackHeader: secret.callbackHeader, urlSecrets });
      expect(guard(request({ headers }))).toBeNull();
      expect(guard(request({ headers, pathParameters: signedPath('order-1', 'url secret') }))).toEqual({
        status: 401,
        reason: 'no-secret-configured',
      });
    },
  );

  test.each([undefined, '192.0.2.0/24', '{}', '[1]'])(
    'the ID360 receiver does not start if ID360_SOURCE_IPS is %s',
    (value) => {
      expect(() => createId360WebhookAdapter({ ID360_SOURCE_IPS: value })).toThrow('ID360_SOURCE_IPS');
    },
  );

  test('the ID360 receiver does not start if ID360_SOURCE_IPS contains a host name', () => {
    expect(() =>
      compileProviderGuard(createId360WebhookAdapter({ ID360_SOURCE_IPS: '["id360docaposte.com"]' })),
    ).toThrow('is not an IP address');
  });

  test('a callback gives exactly one reading, whose reference is from the URL', () => {
    const [reading, ...others] = anywhere.read({ id: 1, status: 'OK' }, 'order-1');
    expect(others).toEqual([]);
    expect(reading).toMatchObject({ kind: 'understood', transition: { reference: 'order-1' } });
  });
});
