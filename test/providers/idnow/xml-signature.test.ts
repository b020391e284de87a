import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/providers/evidence-error.ts';
import type { ZipFileContent } from '../../../shared/providers/evidence-source.ts';
import { xmlSignatureCheck } from '../../../shared/providers/idnow/xml-signature.ts';

const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
};
const idnow = keyPair();
const other = keyPair();
const xml = Buffer.from('<identifications>ERIKA MUSTERMANN</identifications>');
const signature = sign('sha512', xml, idnow.privateKey);

async function* zipOf(files: Record<string, Buffer>): AsyncGenerator<ZipFileContent> {
  for (const [fileName, bytes] of Object.entries(files)) {
    yield {
      fileName,
      uncompressedSize: bytes.byteLength,
      body: (async function* () {
        yield bytes;
      })(),
    };
  }
}

describe('the signature of the XML result', () => {
  test.each([
    {
      what: 'signed by IDnow',
      files: { 'a.xml.sig': signature, 'a.xml': xml },
      keys: [idnow.pem],
      passed: true,
    },
    {
      what: 'signed with the older of two keys',
      files: { 'a.xml': xml, 'a.xml.sig': signature },
      keys: [other.pem, idnow.pem],
      passed: true,
    },
    {
      what: 'signed by somebody else',
      files: { 'a.xml': xml, 'a.xml.sig': signature },
      keys: [other.pem],
      passed: false,
    },
    {
      what: 'altered',
      files: { 'a.xml': Buffer.from(`${xml} `), 'a.xml.sig': signature },
      keys: [idnow.pem],
      passed: false,
    },
    { what: 'a signature of nothing', files: { 'a.xml.sig': signature }, keys: [idnow.pem], passed: false },
    {
      what: 'of another file',
      files: { 'b.xml': xml, 'a.xml.sig': signature },
      keys: [idnow.pem],
      passed: false,
    },
    {
      what: 'one good, one bad',
      files: { 'a.xml': xml, 'a.xml.sig': signature, 'b.xml': xml, 'b.xml.sig': Buffer.from('x') },
      keys: [idnow.pem],
      passed: false,
    },
    {
      what: 'not signed',
      files: { 'a.xml': xml, 'a.pdf': Buffer.from('%PDF') },
      keys: [idnow.pem],
      passed: null,
    },
  ])('$what: $passed', async ({ files, keys, passed }) => {
    const check = await xmlSignatureCheck(zipOf(files), keys);

    expect(check).toEqual({
      name: 'xml_signature',
      passed,
      confidence: null,
      document: null,
      providerResult: null,
    });
  });

  test('is not there in what is no ZIP', async () => {
    const check = await xmlSignatureCheck(failing(new EvidenceError('invalid', 'not a ZIP')), [idnow.pem]);

    expect(check.passed).toBe(false);
  });

  test('is looked for again where the bucket fails', async () => {
    const failure = new EvidenceError('transient', 'bucket');

    await expect(xmlSignatureCheck(failing(failure), [idnow.pem])).rejects.toBe(failure);
  });
});

async function* failing(error: Error): AsyncGenerator<ZipFileContent> {
  yield* [];
  throw error;
}
