import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest({
    idnow: { basicAuth: [{ username: 'idnow', password: 'p\u00e4ssword:with:colons' }] },
  });
});
afterAll(() => sut?.stop());

const post = (credential: string, encoding: BufferEncoding, transactionnumber: string) =>
  sut.post(
    { identificationprocess: { companyid: 'democompany', transactionnumber, result: 'CHECK_PENDING' } },
    { headers: { authorization: `Basic ${Buffer.from(credential, encoding).toString('base64')}` } },
  );

test.each(['latin1', 'utf8'] as const)(
  'basic auth accepts a credential of IDnow that is encoded in %s',
  async (encoding) => {
    const answer = await post('idnow:p\u00e4ssword:with:colons', encoding, `in-${encoding}`);
    expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', sequence: 1 }]);
  },
);

test.each<[string, string, BufferEncoding]>([
  ['the replacement character U+FFFD', 'idnow:p\ufffdssword:with:colons', 'utf8'],
  ['the letter a', 'idnow:password:with:colons', 'utf8'],
  ['a question mark', 'idnow:p?ssword:with:colons', 'latin1'],
])('a credential with %s instead of ä is refused', async (_what, credential, encoding) => {
  const answer = await post(credential, encoding, 'out');
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
    401,
    'Basic realm="idv-webhooks", charset="UTF-8"',
  ]);
});
