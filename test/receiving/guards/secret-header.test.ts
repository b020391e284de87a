import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecretHeaderGuard } from '../../../shared/receiving/guards/secret-header.ts';
import { request } from '../../support/requests.ts';

const guard = createSecretHeaderGuard({
  name: 'X-Callback-Token',
  values: ['old secret', 'neues-Geheimnis'],
});
const sent = (headers: Record<string, string>) => request({ headers: new Map(Object.entries(headers)) });
const wrong = { status: 401, reason: 'credential' };

describe('secretHeaderGuard', () => {
  test.each(['old secret', 'neues-Geheimnis'])(
    'a request with the active secret %j in the secret header is accepted',
    (value) => {
      expect(guard(sent({ 'x-callback-token': value }))).toBeNull();
    },
  );

  test('the configured name of the secret header may be in upper or lower case', () => {
    for (const name of ['x-callback-token', 'X-CALLBACK-TOKEN', 'x-Callback-token']) {
      const configured = createSecretHeaderGuard({ name, values: ['s'] });
      expect(configured(sent({ 'x-callback-token': 's' }))).toBeNull();
    }
  });

  test.each([
    ['no header', {}],
    ['an empty header', { 'x-callback-token': '' }],
    ['another secret', { 'x-callback-token': 'old secreT' }],
    ['a secret with a space at the end', { 'x-callback-token': 'old secret ' }],
    ['a secret with a space at the beginning', { 'x-callback-token': ' old secret' }],
    ['a part of a secret', { 'x-callback-token': 'old' }],
    ['two secrets in one header', { 'x-callback-token': 'old secret, neues-Geheimnis' }],
    ['a secret with a line end', { 'x-callback-token': 'old secret\n' }],
    ['a secret with a zero byte', { 'x-callback-token': 'old secret\0' }],
    ['the secret in another header', { authorization: 'old secret' }],
    ['the secret in a header with a longer name', { 'x-callback-token2': 'old secret' }],
    ['the secret as the header name', { 'old secret': 'x-callback-token' }],
    ['a very long header', { 'x-callback-token': 'A'.repeat(100_000) }],
  ])('a request is refused if its secret header is missing or wrong: %s', (_title, headers) => {
    expect(guard(sent(headers))).toEqual(wrong);
  });

  test.each([
    ['an empty list', []],
    ['only an empty secret', ['']],
  ])('each request is refused if no secret for the header is configured: %s', (_title, values) => {
    const unconfigured = createSecretHeaderGuard({ name: 'x-callback-token', values });
    const reason = { status: 401, reason: 'no-secret-configured' };
    expect(unconfigured(request())).toEqual(reason);
    expect(unconfigured(sent({ 'x-callback-token': '' }))).toEqual(reason);
  });

  test('an empty secret beside a valid secret accepts no request', () => {
    const half = createSecretHeaderGuard({ name: 'x-callback-token', values: ['', 's'] });
    expect(half(request())).toEqual(wrong);
    expect(half(sent({ 'x-callback-token': '' }))).toEqual(wrong);
  });

  test('the guard of the secret header accepts exactly the active secrets', () => {
    const values = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(values, fc.string(), (active, given) => {
        const some = createSecretHeaderGuard({ name: 'h', values: active });
        expect(some(sent({ h: given })) === null).toBe(active.includes(given));
        expect(active.map((value) => some(sent({ h: value })))).toEqual(active.map(() => null));
      }),
    );
  });
});
