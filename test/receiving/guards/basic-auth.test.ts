import { describe, expect, test } from 'vitest';
import { matchesAnySecret } from '../../../shared/platform/matches-any-secret.ts';
import { createIdnowWebhookAdapter } from '../../../shared/providers/idnow/webhook.ts';
import { createBasicAuthGuard } from '../../../shared/receiving/guards/basic-auth.ts';
import { compileProviderGuard } from '../../../shared/receiving/guards/compile-guard.ts';
import { basic, request } from '../../support/requests.ts';

const credentials = [
  { username: 'idnow', password: 'old:secret' },
  { username: 'idnow', password: 'neues Geheimnis ü€😀' },
  { username: '', password: 'for a shortname without a user' },
];
const guard = createBasicAuthGuard(credentials);
const wrong = { status: 401, reason: 'credential' };

const header = (authorization: string) => request({ headers: new Map([['authorization', authorization]]) });
const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');

describe('basicAuthGuard', () => {
  test.each([
    ['the first of several credentials, with a colon in its password', basic('idnow:old:secret')],
    ['the second credential in UTF-8', basic('idnow:neues Geheimnis ü€😀')],
    ['an empty user name', basic(':for a shortname without a user')],
    ['the scheme in lower case', basic('idnow:old:secret', 'basic')],
    ['the scheme in upper case', basic('idnow:old:secret', 'BASIC')],
    ['several spaces after the scheme', basic('idnow:old:secret', 'Basic  ')],
  ])('basic auth accepts each configured credential in each legal form: %s', (_title, headers) => {
    expect(guard(request({ headers }))).toBeNull();
  });

  test.each([
    ['no header', request()],
    ['an empty header', header('')],
    ['no credential', header('Basic')],
    ['no credential after the space', header('Basic ')],
    ['an empty credential', header(`Basic ${base64('')}`)],
    ['only a colon', header(`Basic ${base64(':')}`)],
    ['only the user name', header(`Basic ${base64('idnow')}`)],
    ['an empty password', header(`Basic ${base64('idnow:')}`)],
    ['another password', header(`Basic ${base64('idnow:old:secreT')}`)],
    ['a password with a space at the end', header(`Basic ${base64('idnow:old:secret ')}`)],
    ['a password with a line end', header(`Basic ${base64('idnow:old:secret\n')}`)],
    ['a password with a zero byte', header(`Basic ${base64('idnow:old:secret\0')}`)],
    ['a part of the password', header(`Basic ${base64('idnow:old')}`)],
    ['another user with the same password', header(`Basic ${base64('idnow2:old:secret')}`)],
    ['the user name in upper case', header(`Basic ${base64('IDNOW:old:secret')}`)],
    ['a part of a password, in ISO-8859-1', header(`Basic ${base64('idnow:neues Geheimnis ü', 'latin1')}`)],
    ['the credential unencoded', header('Basic idnow:old:secret')],
    ['another scheme', header(`Bearer ${base64('idnow:old:secret')}`)],
    ['no scheme', header(base64('idnow:old:secret'))],
    ['text before the scheme', header(`x Basic ${base64('idnow:old:secret')}`)],
    ['text after the credential', header(`Basic ${base64('idnow:old:secret')} x`)],
    ['two credentials', header(`Basic ${base64('no:no')}, Basic ${base64('idnow:old:secret')}`)],
    [
      'base64 with an invalid character inside',
      header(`Basic ${base64('idnow:old:secret').replace('b', 'b!')}`),
    ],
    ['base64 of only padding', header('Basic ====')],
    ['a very long credential', header(`Basic ${'A'.repeat(100_000)}`)],
    [
      'the credential in another header',
      request({ headers: new Map([['proxy-authorization', `Basic ${base64('idnow:old:secret')}`]]) }),
    ],
  ])('basic auth refuses a missing, malformed or wrong credential: %s', (_title, refused) => {
    expect(guard(refused)).toEqual(wrong);
  });

  test('basic auth refuses each request if no credential is configured', () => {
    const unconfigured = createBasicAuthGuard([]);
    const reason = { status: 401, reason: 'no-secret-configured' };
    expect(unconfigured(request())).toEqual(reason);
    expect(unconfigured(header(`Basic ${base64(':')}`))).toEqual(reason);
    expect(unconfigured(header('Basic '))).toEqual(reason);
  });
});

describe('matchesAnySecret', () => {
  test.each<[string, string[], boolean]>([
    ['a', ['a'], true],
    ['a', ['b', 'a'], true],
    ['a', ['a', 'b'], true],
    ['a', ['aa'], false],
    ['', ['a'], false],
    ['', [], false],
    ['é', ['e\u0301'], false],
  ])('whether %j equals one of the secrets %j: %s', (given, candidates, expected) => {
    expect(matchesAnySecret(given, candidates)).toBe(expected);
  });
});

describe('the authentication of IDnow webhooks', () => {
  const environment = { IDNOW_SOURCE_IPS: '["192.0.2.0/24"]', IDNOW_ARCHIVE_ENDED: 'false' };
  const source = createIdnowWebhookAdapter(environment);
  const secret = { basicAuth: [{ username: 'u', password: 'p' }] };
  const right = { sourceIp: '192.0.2.1', headers: basic('u:p') };

  test('IDnow webhooks need both an allowed source address and basic auth', () => {
    const refused = (changes: object) =>
      compileProviderGuard(source)(secret)(request({ ...right, ...changes }))?.status ?? null;
    expect(refused({})).toBeNull();
    expect(refused({ headers: basic('u:wrong') })).toBe(401);
    expect(refused({ sourceIp: '198.51.100.1' })).toBe(403);
    expect(refused({ sourceIp: '198.51.100.1', headers: basic('u:wrong') })).toBe(403);
  });

  test('an invalid credential in the secret does not disable the valid credentials', () => {
    const guard = compileProviderGuard(source)({
      basicAuth: [{ username: 'a:b', password: 'x' }, ...secret.basicAuth, 7],
    });
    expect(guard(request(right))).toBeNull();
    expect(guard(request({ ...right, headers: basic('a:b:x') }))?.status).toBe(401);
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'u:p'],
    ['a secret with an empty list', { basicAuth: [] }],
    ['a secret with a placeholder', { placeholder: 'x' }],
    ['a secret with an empty password', { basicAuth: [{ username: 'u', password: '' }] }],
    ['a secret with a colon in the user name', { basicAuth: [{ username: 'u:p', password: 'p' }] }],
    ['a secret without passwords', { basicAuth: [{ username: 'u' }, 'u:p', null] }],
  ])('IDnow webhooks are refused if the secret is %s', (_title, value) => {
    const guard = compileProviderGuard(source)(value);
    const expected = { status: 401, reason: 'no-secret-configured' };
    expect(guard(request(right))).toEqual(expected);
    expect(guard(request({ ...right, headers: basic('u:') }))).toEqual(expected);
  });

  test.each([
    ['IDNOW_SOURCE_IPS', undefined],
    ['IDNOW_SOURCE_IPS', '192.0.2.0/24'],
    ['IDNOW_SOURCE_IPS', '{"test":true}'],
    ['IDNOW_SOURCE_IPS', '[1]'],
    ['IDNOW_ARCHIVE_ENDED', undefined],
    ['IDNOW_ARCHIVE_ENDED', 'perhaps'],
  ])('the IDnow receiver does not start if %s is %s', (name, value) => {
    expect(() => createIdnowWebhookAdapter({ ...environment, [name]: value })).toThrow(name);
  });

  test('the IDnow receiver does not start if a source address is not a network', () => {
    expect(() =>
      compileProviderGuard(createIdnowWebhookAdapter({ ...environment, IDNOW_SOURCE_IPS: '["live-dee"]' })),
    ).toThrow('"live-dee" is not an IP address');
  });

  test.each([
    ['SUCCESS', 'false', 'fetch'],
    ['CANCELED', 'false', 'none'],
    ['CANCELED', 'true', 'fetch'],
    ['ABORTED', 'true', 'fetch'],
    ['CHECK_PENDING', 'true', 'none'],
  ])(
    'the IDnow result %s with IDNOW_ARCHIVE_ENDED=%s has the evidence setting %s',
    (result, archiveEnded, expected) => {
      // Prepare
      const body = { identificationprocess: { companyid: 'c', transactionnumber: 't', result } };
      // Act
      const [reading] = createIdnowWebhookAdapter({ ...environment, IDNOW_ARCHIVE_ENDED: archiveEnded }).read(
        body,
        null,
      );
      // Assess
      expect(reading).toMatchObject({ kind: 'understood', transition: { origin: { evidence: expected } } });
    },
  );
});
