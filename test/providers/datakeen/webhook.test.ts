import { describe, expect, test } from 'vitest';
import { datakeen } from '../../../shared/providers/datakeen/provider.ts';
import { callbackSignature } from '../../../shared/providers/guards/signed-url.ts';
import { request } from '../../support/requests.ts';
import { sessionId } from './fixtures.ts';

const reader = (changes: Record<string, string> = {}) =>
  datakeen.webhook({ DATAKEEN_SOURCE_IPS: '[]', DATAKEEN_BACK_OFFICE_REFERENCE: '', ...changes });

const secret = { urlSecrets: ['the new one', 'the old one'] };
const signed = (reference: string, urlSecret = 'the new one') => ({
  pathParameters: { reference, signature: callbackSignature('datakeen', reference, urlSecret) },
});

describe('who may come in', () => {
  test.each(secret.urlSecrets)('is whoever has a URL that is signed with %s', (urlSecret) => {
    expect(reader().guard(secret)(request(signed('case-1', urlSecret)))).toBeNull();
  });

  test.each<[string, object]>([
    ['no signature', {}],
    ['a wrong signature', { pathParameters: { reference: 'case-1', signature: 'x'.repeat(43) } }],
    ['a signature of an unknown secret', signed('case-1', 'unknown')],
    [
      'the signature of another provider',
      {
        pathParameters: {
          reference: 'case-1',
          signature: callbackSignature('id360', 'case-1', 'the new one'),
        },
      },
    ],
    [
      'the signature of another case',
      { pathParameters: { ...signed('case-1').pathParameters, reference: 'case-2' } },
    ],
  ])('is nobody with %s', (_what, changes) => {
    const refusal = reader().guard(secret)(request(changes));
    expect(refusal).toEqual({ status: 401, reason: 'credential' });
  });

  test.each<[string, unknown]>([
    ['is empty', { urlSecrets: [] }],
    ['is of another shape', { urlSecrets: 'the new one' }],
    ['holds an empty one', { urlSecrets: [''] }],
    ['is null', null],
  ])('is nobody where the secret %s', (_what, value) => {
    for (const changes of [signed('case-1'), signed('case-1', ''), {}]) {
      const refusal = reader().guard(value)(request(changes));
      expect(refusal).toEqual({ status: 401, reason: 'no-secret-configured' });
    }
  });

  test('is nobody from another address, where addresses are configured', () => {
    const guard = reader({ DATAKEEN_SOURCE_IPS: '["192.0.2.0/24"]' }).guard(secret);
    expect(guard(request({ ...signed('case-1'), sourceIp: '192.0.2.9' }))).toBeNull();
    expect(guard(request({ ...signed('case-1'), sourceIp: '198.51.100.1' }))).toEqual({
      status: 403,
      reason: 'source-ip',
    });
    expect(guard(request({ sourceIp: '192.0.2.9' }))).toMatchObject({ status: 401 });
  });

  test.each(['not JSON', '["nowhere"]', '{}'])(
    'is a mistake at the start where addresses are %j',
    (networks) => {
      expect(() => reader({ DATAKEEN_SOURCE_IPS: networks })).toThrow(/DATAKEEN_SOURCE_IPS|nowhere/);
    },
  );
});

describe('the URL of the back office', () => {
  const body = { sessionId, newStatus: 'user_approved' };
  const said = (backOffice: string, reference: string) => {
    const [reading] = reader({ DATAKEEN_BACK_OFFICE_REFERENCE: backOffice }).read(body, reference);
    return reading?.kind === 'understood'
      ? [reading.transition.providerStatus, reading.transition.reference]
      : expect.unreachable('not understood');
  };

  test('is the only one whose newStatus is believed, and names no case', () => {
    expect(said('back-office', 'back-office')).toEqual(['user_approved', null]);
    expect(said('back-office', 'case-1')).toEqual(['', 'case-1']);
  });

  test('where there is none, every URL’s is believed', () => {
    expect(said('', 'case-1')).toEqual(['user_approved', 'case-1']);
    expect(said('', 'back-office')).toEqual(['user_approved', 'back-office']);
  });
});
