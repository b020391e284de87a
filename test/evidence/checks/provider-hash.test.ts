import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startProviderHashCheck } from '../../../shared/evidence/checks/provider-hash.ts';

const bytes = Buffer.from('a photo');
const md5 = createHash('md5').update(bytes).digest();
const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');

function matched(algorithm: string, value: string): boolean | null {
  const comparison = startProviderHashCheck({ algorithm, value });
  comparison?.update(bytes.subarray(0, 3));
  comparison?.update(bytes.subarray(3));
  return comparison?.matches() ?? null;
}

describe('compareWith', () => {
  test.each([
    ['in hexadecimal digits', 'MD5', md5.toString('hex')],
    ['in capitals', 'MD5', md5.toString('hex').toUpperCase()],
    ['in Base64', 'md5', md5.toString('base64')],
    ['in Base64url', 'Md5', md5.toString('base64url')],
    ['with space around it', ' MD5 ', ` ${md5.toString('hex')}\n`],
    ['by SHA-1', 'SHA-1', digest('sha1')],
    ['by SHA-256', 'sha256', digest('sha256')],
    ['by SHA-512', 'SHA_512', digest('sha512')],
  ])(
    'a provider’s hash of the file matches in each usual encoding and algorithm: %s',
    (_title, algorithm, value) => {
      expect(matched(algorithm, value)).toBe(true);
    },
  );

  test('a provider’s hash of another file does not match', () => {
    expect(matched('MD5', createHash('md5').update('another').digest('hex'))).toBe(false);
  });

  test.each([
    ['an unknown algorithm', 'BLAKE3', md5.toString('hex')],
    ['no algorithm', 'unknown', md5.toString('hex')],
    ['a value of another length', 'MD5', digest('sha1')],
    ['a value that lacks a character', 'MD5', md5.toString('hex').slice(1)],
    ['no value', 'MD5', ''],
    ['a text instead of a value', 'MD5', 'not computed'],
  ])(
    'a provider’s hash that is malformed or of an unknown algorithm cannot be compared: %s',
    (_title, algorithm, value) => {
      expect(matched(algorithm, value)).toBeNull();
    },
  );
});
