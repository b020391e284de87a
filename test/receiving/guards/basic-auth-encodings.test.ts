import { describe, expect, test } from 'vitest';
import { createBasicAuthGuard } from '../../../shared/receiving/guards/basic-auth.ts';
import { request } from '../../support/requests.ts';

const password = 'p\u00e4ssword:with:colons';
const guard = createBasicAuthGuard([
  { username: 'idnow', password: 'the old one' },
  { username: 'idnow', password },
]);
const wrong = { status: 401, reason: 'credential' };

const header = (authorization: string) => request({ headers: new Map([['authorization', authorization]]) });
const base64 = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding).toString('base64');
const sent = (text: string, encoding: BufferEncoding) => header(`Basic ${base64(text, encoding)}`);
/** Sends a credential in Latin-1, in which each character is one byte. */
const bytes = (text: string) => sent(text, 'latin1');

describe('basicAuthGuard with a password outside ASCII', () => {
  test.each([
    ['UTF-8', sent(`idnow:${password}`, 'utf8')],
    ['ISO-8859-1', sent(`idnow:${password}`, 'latin1')],
    ['ISO-8859-1 with the scheme in lower case', header(`basic ${base64(`idnow:${password}`, 'latin1')}`)],
    ['ISO-8859-1 after several spaces', header(`Basic   ${base64(`idnow:${password}`, 'latin1')}`)],
  ])('basic auth accepts a credential in %s', (_encoding, right) => {
    expect(guard(right)).toBeNull();
  });

  test.each([
    ['the replacement character', sent('idnow:p\ufffdssword:with:colons', 'utf8')],
    ['a question mark instead of the letter', bytes('idnow:p?ssword:with:colons')],
    ['the letter without its dots', bytes('idnow:password:with:colons')],
    ['a missing letter', bytes('idnow:pssword:with:colons')],
    ['the letter with a combining diaeresis', sent('idnow:pa\u0308ssword:with:colons', 'utf8')],
    ['another letter of ISO-8859-1', bytes('idnow:p\u00e5ssword:with:colons')],
    ['a truncated UTF-8 character', bytes('idnow:p\u00c3ssword:with:colons')],
    ['an additional byte', bytes('idnow:p\u00e4\u0080ssword:with:colons')],
    ['an overlong UTF-8 form', bytes('idnow:p\u00e0\u0083\u00a4ssword:with:colons')],
    ['UTF-8 encoded twice', bytes('idnow:p\u00c3\u0083\u00c2\u00a4ssword:with:colons')],
    ['a credential in UTF-16', sent(`idnow:${password}`, 'utf16le')],
    ['the byte of code page 437', bytes('idnow:p\u0084ssword:with:colons')],
    ['a byte order mark before the credential', bytes(`\u00ef\u00bb\u00bfidnow:${password}`)],
    ['a password in upper case', bytes('idnow:P\u00c4SSWORD:WITH:COLONS')],
    ['the password up to its colon', bytes('idnow:p\u00e4ssword')],
    ['a credential without a colon', bytes('idnowp\u00e4ssword')],
    ['a space after the password', bytes(`idnow:${password} `)],
    [
      'a space inside the base64',
      header(`Basic ${base64(`idnow:${password}`, 'latin1').replace('b', 'b ')}`),
    ],
    ['a comma and text after the credential', header(`Basic ${base64(`idnow:${password}`, 'latin1')}, x`)],
    [
      'padding inside the base64',
      header(`Basic ${base64('idnow:', 'latin1')}==${base64(password, 'latin1')}`),
    ],
    ['a line end after the scheme', header(`Basic\n${base64(`idnow:${password}`, 'latin1')}`)],
    ['no scheme', header(base64(`idnow:${password}`, 'latin1'))],
    ['a credential without base64', header(`Basic idnow:${password}`)],
  ])('basic auth refuses a wrong or wrongly encoded credential: %s', (_title, refused) => {
    expect(guard(refused)).toEqual(wrong);
  });

  test('basic auth refuses a credential in base64url', () => {
    // Prepare
    const credential = '\u00fb\u00ff\u00fe>>>???';
    const encoded = base64(`u:${credential}`, 'latin1');
    const guarded = createBasicAuthGuard([{ username: 'u', password: credential }]);
    // Act and assess
    expect(encoded, 'contains characters that base64url writes differently').toMatch(/[+/]/);
    expect(guarded(header(`Basic ${encoded}`))).toBeNull();
    expect(guarded(header(`Basic ${encoded.replaceAll('+', '-').replaceAll('/', '_')}`))).toEqual(wrong);
  });

  test('basic auth accepts only UTF-8 if ISO-8859-1 lacks a character of the password', () => {
    // Prepare
    const secret = '\u0170\u20ac';
    const guarded = createBasicAuthGuard([{ username: 'u', password: secret }]);
    // Act and assess
    expect(guarded(sent(`u:${secret}`, 'utf8'))).toBeNull();
    expect(guarded(sent(`u:${secret}`, 'latin1')), 'the low bytes of its characters').toEqual(wrong);
    expect(guarded(bytes('u:??')), 'the bytes that Java sends').toEqual(wrong);
    expect(guarded(bytes('u:U\u0080')), 'the euro of Windows-1252').toEqual(wrong);
  });

  test('basic auth refuses each request if the password has a lone surrogate, because no encoding represents it', () => {
    const guarded = createBasicAuthGuard([{ username: 'u', password: 'a\ud800' }]);
    const refusal = { status: 401, reason: 'no-secret-configured' };
    expect(guarded(sent('u:a\ufffd', 'utf8'))).toEqual(refusal);
  });
});
