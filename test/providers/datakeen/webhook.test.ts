import { describe, expect, test } from 'vitest';
import type { TrustedNewStatusUrls } from '../../../shared/providers/datakeen/new-status-from.ts';
import { datakeen } from '../../../shared/providers/datakeen/provider.ts';
import { compileProviderGuard } from '../../../shared/receiving/guards/compile-guard.ts';
import { computeCallbackSignature } from '../../../shared/receiving/guards/signed-url.ts';
import { request } from '../../support/requests.ts';
import { sessionId } from './fixtures.ts';

const reader = (changes: Record<string, string> = {}) =>
  datakeen.webhook({ DATAKEEN_SOURCE_IPS: '[]', DATAKEEN_NEW_STATUS_FROM: '"every-url"', ...changes });

const secret = { urlSecrets: ['the new one', 'the old one'] };
const signed = (reference: string, urlSecret = 'the new one') => ({
  pathParameters: { reference, signature: computeCallbackSignature('datakeen', reference, urlSecret) },
});

describe('authentication of Datakeen webhooks', () => {
  test.each(secret.urlSecrets)(
    'a Datakeen webhook is accepted if its URL is signed with the secret %s',
    (urlSecret) => {
      expect(compileProviderGuard(reader())(secret)(request(signed('case-1', urlSecret)))).toBeNull();
    },
  );

  test.each<[string, object]>([
    ['no signature', {}],
    ['a wrong signature', { pathParameters: { reference: 'case-1', signature: 'x'.repeat(43) } }],
    ['a signature of an unknown secret', signed('case-1', 'unknown')],
    [
      'the signature of another provider',
      {
        pathParameters: {
          reference: 'case-1',
          signature: computeCallbackSignature('id360', 'case-1', 'the new one'),
        },
      },
    ],
    [
      'the signature of another case',
      { pathParameters: { ...signed('case-1').pathParameters, reference: 'case-2' } },
    ],
  ])('a Datakeen webhook with %s is refused', (_what, changes) => {
    const refusal = compileProviderGuard(reader())(secret)(request(changes));
    expect(refusal).toEqual({ status: 401, reason: 'credential' });
  });

  test.each<[string, unknown]>([
    ['is empty', { urlSecrets: [] }],
    ['is of another shape', { urlSecrets: 'the new one' }],
    ['contains an empty text', { urlSecrets: [''] }],
    ['is null', null],
  ])('every Datakeen webhook is refused if the webhook secret %s', (_what, value) => {
    for (const changes of [signed('case-1'), signed('case-1', ''), {}]) {
      const refusal = compileProviderGuard(reader())(value)(request(changes));
      expect(refusal).toEqual({ status: 401, reason: 'no-secret-configured' });
    }
  });

  test('if source addresses are configured, a Datakeen webhook from another address is refused', () => {
    const guard = compileProviderGuard(reader({ DATAKEEN_SOURCE_IPS: '["192.0.2.0/24"]' }))(secret);
    expect(guard(request({ ...signed('case-1'), sourceIp: '192.0.2.9' }))).toBeNull();
    expect(guard(request({ ...signed('case-1'), sourceIp: '198.51.100.1' }))).toEqual({
      status: 403,
      reason: 'source-ip',
    });
    expect(guard(request({ sourceIp: '192.0.2.9' }))).toMatchObject({ status: 401 });
  });

  test.each(['not JSON', '["nowhere"]', '{}'])(
    'the Datakeen receiver does not start if DATAKEEN_SOURCE_IPS is %j',
    (networks) => {
      expect(() => compileProviderGuard(reader({ DATAKEEN_SOURCE_IPS: networks }))).toThrow(
        /DATAKEEN_SOURCE_IPS|nowhere/,
      );
    },
  );
});

describe('the trust in newStatus', () => {
  const body = { sessionId, newStatus: 'user_approved' };
  const read = (newStatusFrom: TrustedNewStatusUrls, reference: string, sent: object = body) => {
    const environment = { DATAKEEN_NEW_STATUS_FROM: JSON.stringify(newStatusFrom) };
    const [reading] = reader(environment).read(sent, reference);
    return reading?.kind === 'understood' ? reading.transition : expect.unreachable('not understood');
  };

  test.each<[string, TrustedNewStatusUrls, string, string, string | null]>([
    [
      'newStatus is trusted from the back office, whose URL names no case',
      { reference: 'bo' },
      'bo',
      'user_approved',
      null,
    ],
    [
      'newStatus is not trusted from the URL of a case if the back office is trusted',
      { reference: 'bo' },
      'case-1',
      '',
      'case-1',
    ],
    [
      'newStatus is not trusted from the URL of the back office in capitals',
      { reference: 'bo' },
      'BO',
      '',
      'BO',
    ],
    ['newStatus is trusted from every URL', 'every-url', 'case-1', 'user_approved', 'case-1'],
    ['newStatus is trusted from no URL', 'no-url', 'case-1', '', 'case-1'],
  ])(
    'the setting of a stage decides from which URLs newStatus is trusted: %s',
    (_what, newStatusFrom, from, providerStatus, reference) => {
      expect(read(newStatusFrom, from)).toMatchObject({ providerStatus: providerStatus, reference });
    },
  );

  test('a Datakeen webhook with a trusted newStatus is no duplicate of a webhook whose newStatus is not trusted', () => {
    const from: TrustedNewStatusUrls = { reference: 'bo' };
    expect(read(from, 'case-1').fingerprint).not.toBe(read(from, 'bo').fingerprint);
    expect(read(from, 'bo').fingerprint).toBe(read(from, 'bo').fingerprint);
  });

  test.each<[string, TrustedNewStatusUrls, string, boolean]>([
    ['the back office', { reference: 'bo' }, 'bo', true],
    ['the URL of a case if the back office is trusted', { reference: 'bo' }, 'case-1', false],
    ['any URL if every URL is trusted', 'every-url', 'case-1', false],
    ['any URL if no URL is trusted', 'no-url', 'case-1', false],
  ])(
    'another analysisId makes another hint only if the webhook comes from the URL of the back office; here: %s',
    (_what, newStatusFrom, from, differs) => {
      const print = (analysisId: string) => read(newStatusFrom, from, { ...body, analysisId }).fingerprint;
      expect(print('first') !== print('second')).toBe(differs);
    },
  );

  test('the same Datakeen body at the URL of another case is another hint, not a duplicate', () => {
    const print = (reference: string) => read('no-url', reference, { sessionId }).fingerprint;
    expect(print('case-1')).not.toBe(print('case-2'));
    expect(print('case-1')).toBe(print('case-1'));
  });

  test.each(['', 'null', '"anywhere"', '{"reference":""}', '{"reference":"a b"}', '{}'])(
    'the Datakeen receiver does not start if DATAKEEN_NEW_STATUS_FROM is %j',
    (newStatusFrom) => {
      expect(() => reader({ DATAKEEN_NEW_STATUS_FROM: newStatusFrom })).toThrow(/DATAKEEN_NEW_STATUS_FROM/);
    },
  );
});
