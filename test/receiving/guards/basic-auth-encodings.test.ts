import { describe, expect, test } from 'vitest';
import { basicAuthGuard } from '../../../shared/receiving/guards/basic-auth.ts';
import { request } from '../../support/requests.ts';

const password = 'p\u00e4ssword:with:colons';
const guard = basicAuthGuard([
  { username: 'idnow', password: 'the old one' },
  { username: 'idnow', password },
]);
const wrong = { status: 401, reason: 'credential' };

const header = (authorization: string) => request({ headers: new Map([['authorization', authorization]]) });
const base64 = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding).toString('base64');
const sent = (text: string, encoding: BufferEncoding) => header(`Basic ${base64(text, encoding)}`);
/** Each character is one byte. */
const bytes = (text: string) => sent(text, 'latin1');

describe('basic auth with a password outside ASCII', () => {
  test.each([
    ['UTF-8', sent(`idnow:${password}`, 'utf8')],
    ['ISO-8859-1', sent(`idnow:${password}`, 'latin1')],
    ['ISO-8859-1, the scheme in lower case', header(`basic ${base64(`idnow:${password}`, 'latin1')}`)],
    ['ISO-8859-1, after several spaces', header(`Basic   ${base64(`idnow:${password}`, 'latin1')}`)],
  ])('lets in the credential in %s', (_encoding, right) => {
    expect(guard(right)).toBeNull();
  });

  test.each([
    ['the character for what cannot be decoded', sent('idnow:p\ufffdssword:with:colons', 'utf8')],
    ['a question mark for what cannot be encoded', bytes('idnow:p?ssword:with:colons')],
    ['the letter without its dots', bytes('idnow:password:with:colons')],
    ['the letter left out', bytes('idnow:pssword:with:colons')],
    ['the dots as a character of their own', sent('idnow:pa\u0308ssword:with:colons', 'utf8')],
    ['another letter of ISO-8859-1', bytes('idnow:p\u00e5ssword:with:colons')],
    ['the beginning of a character in UTF-8', bytes('idnow:p\u00c3ssword:with:colons')],
    ['the right byte and a stray one', bytes('idnow:p\u00e4\u0080ssword:with:colons')],
    ['an overlong form in UTF-8', bytes('idnow:p\u00e0\u0083\u00a4ssword:with:colons')],
    ['UTF-8 encoded twice', bytes('idnow:p\u00c3\u0083\u00c2\u00a4ssword:with:colons')],
    ['UTF-16', sent(`idnow:${password}`, 'utf16le')],
    ['the byte of code page 437', bytes('idnow:p\u0084ssword:with:colons')],
    ['a byte order mark before it', bytes(`\u00ef\u00bb\u00bfidnow:${password}`)],
    ['capitals', bytes('idnow:P\u00c4SSWORD:WITH:COLONS')],
    ['the password up to its colon', bytes('idnow:p\u00e4ssword')],
    ['no colon', bytes('idnowp\u00e4ssword')],
    ['more at its end', bytes(`idnow:${password} `)],
    ['a space in its base64', header(`Basic ${base64(`idnow:${password}`, 'latin1').replace('b', 'b ')}`)],
    ['a comma and more after it', header(`Basic ${base64(`idnow:${password}`, 'latin1')}, x`)],
    ['a padding inside', header(`Basic ${base64('idnow:', 'latin1')}==${base64(password, 'latin1')}`)],
    ['a line end after the scheme', header(`Basic\n${base64(`idnow:${password}`, 'latin1')}`)],
    ['no scheme', header(base64(`idnow:${password}`, 'latin1'))],
    ['the credential itself', header(`Basic idnow:${password}`)],
  ])('refuses %s', (_what, refused) => {
    expect(guard(refused)).toEqual(wrong);
  });

  test('refuses the alphabet of base64url', () => {
    // Prepare
    const credential = '\u00fb\u00ff\u00fe>>>???';
    const encoded = base64(`u:${credential}`, 'latin1');
    const guarded = basicAuthGuard([{ username: 'u', password: credential }]);
    // Act and assess
    expect(encoded, 'holds what base64url writes otherwise').toMatch(/[+/]/);
    expect(guarded(header(`Basic ${encoded}`))).toBeNull();
    expect(guarded(header(`Basic ${encoded.replaceAll('+', '-').replaceAll('/', '_')}`))).toEqual(wrong);
  });

  test('accepts UTF-8 only where ISO-8859-1 lacks a character of the password', () => {
    // Prepare
    const secret = '\u0170\u20ac';
    const guarded = basicAuthGuard([{ username: 'u', password: secret }]);
    // Act and assess
    expect(guarded(sent(`u:${secret}`, 'utf8'))).toBeNull();
    expect(guarded(sent(`u:${secret}`, 'latin1')), 'the low bytes of its characters').toEqual(wrong);
    expect(guarded(bytes('u:??')), 'what Java sends for them').toEqual(wrong);
    expect(guarded(bytes('u:U\u0080')), 'the euro of Windows-1252').toEqual(wrong);
  });

  test('lets nobody in with a password that holds half a character, because no encoding can carry it', () => {
    const guarded = basicAuthGuard([{ username: 'u', password: 'a\ud800' }]);
    const refusal = { status: 401, reason: 'no-secret-configured' };
    expect(guarded(sent('u:a\ufffd', 'utf8'))).toEqual(refusal);
  });
});
