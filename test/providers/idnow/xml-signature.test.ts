import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FileInZip } from '../../../shared/contract/evidence-adapter.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { checkXmlSignatures } from '../../../shared/providers/idnow/xml-signature.ts';
import { runInThread } from '../../support/run-in-thread.ts';

const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
};
const idnow = keyPair();
const other = keyPair();
const xml = Buffer.from('<identifications>ERIKA MUSTERMANN</identifications>');
const signature = sign('sha512', xml, idnow.privateKey);

async function* zipOf(files: Record<string, Buffer>): AsyncGenerator<FileInZip> {
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

describe('checkXmlSignatures', () => {
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
      what: 'signed with another key',
      files: { 'a.xml': xml, 'a.xml.sig': signature },
      keys: [other.pem],
      passed: false,
    },
    {
      what: 'changed after it was signed',
      files: { 'a.xml': Buffer.from(`${xml} `), 'a.xml.sig': signature },
      keys: [idnow.pem],
      passed: false,
    },
    {
      what: 'missing beside its signature',
      files: { 'a.xml.sig': signature },
      keys: [idnow.pem],
      passed: false,
    },
    {
      what: 'under another name than its signature',
      files: { 'b.xml': xml, 'a.xml.sig': signature },
      keys: [idnow.pem],
      passed: false,
    },
    {
      what: 'two files, one with a wrong signature',
      files: { 'a.xml': xml, 'a.xml.sig': signature, 'b.xml': xml, 'b.xml.sig': Buffer.from('x') },
      keys: [idnow.pem],
      passed: false,
    },
    {
      what: 'unsigned',
      files: { 'a.xml': xml, 'a.pdf': Buffer.from('%PDF') },
      keys: [idnow.pem],
      passed: null,
    },
  ])('checkXmlSignatures returns passed = $passed if the XML is: $what', async ({ files, keys, passed }) => {
    const check = await checkXmlSignatures(zipOf(files), keys);

    expect(check).toEqual({
      name: 'xml_signature',
      passed,
      confidence: null,
      document: null,
      providerResult: null,
    });
  });

  test('an old signature with SHA-1 is verified, and the check says so', async () => {
    const old = sign('sha1', xml, idnow.privateKey);
    const checkOf = (files: Record<string, Buffer>) =>
      checkXmlSignatures(zipOf(files), [other.pem, idnow.pem]);
    const label = expect.stringContaining('SHA-1');
    expect(await checkOf({ 'a.xml': xml, 'a.xml.sig': old })).toMatchObject({
      passed: true,
      providerResult: label,
    });
    expect(
      await checkOf({ 'a.xml': xml, 'a.xml.sig': signature, 'b.xml': xml, 'b.xml.sig': old }),
    ).toMatchObject({ passed: true, providerResult: label });
    expect(await checkOf({ 'a.xml': Buffer.from('changed'), 'a.xml.sig': old })).toMatchObject({
      passed: false,
      providerResult: null,
    });
  });

  test('checkXmlSignatures returns passed = false if the archived file is no ZIP', async () => {
    const check = await checkXmlSignatures(failing(new EvidenceError('invalid', 'not a ZIP')), [idnow.pem]);

    expect(check.passed).toBe(false);
  });

  test('checkXmlSignatures throws if the bucket fails, so that the job is tried again', async () => {
    const failure = new EvidenceError('transient', 'bucket');

    await expect(checkXmlSignatures(failing(failure), [idnow.pem])).rejects.toBe(failure);
  });
});

const spaces = Buffer.alloc(65_536, ' ');

/** Makes a file of a ZIP. All of its chunks share one buffer, so it needs almost no memory. */
function madeFile(fileName: string, bytes: number, onRead: (bytes: number) => void): FileInZip {
  const body = (async function* () {
    for (let left = bytes; left > 0; left -= 65_536) {
      const chunk = spaces.subarray(0, left);
      onRead(chunk.byteLength);
      yield chunk;
    }
  })();
  return { fileName, uncompressedSize: bytes, body };
}

describe('limits of checkXmlSignatures', () => {
  const MB = 1_000_000;
  const small = (fileName: string, bytes: Buffer): FileInZip => ({
    fileName,
    uncompressedSize: bytes.byteLength,
    body: (async function* () {
      yield bytes;
    })(),
  });

  test.each([
    { what: '100 MB', sizes: [50 * MB, 50 * MB - xml.byteLength - signature.byteLength], passed: true },
    {
      what: '100 MB and a byte',
      sizes: [50 * MB, 50 * MB - xml.byteLength - signature.byteLength + 1],
      passed: null,
    },
    { what: 'one file of 3 GB', sizes: [3000 * MB], passed: null },
    { what: '60 files of 10 MiB', sizes: Array(60).fill(10 * 1024 * 1024), passed: null },
  ])(
    'checkXmlSignatures reads at most 100 MB of XML: with $what, it returns passed = $passed',
    async ({ sizes, passed }) => {
      // Prepare
      let read = 0;
      async function* files() {
        yield small('a.xml', xml);
        yield small('a.xml.sig', signature);
        for (const [index, size] of sizes.entries()) {
          yield madeFile(`${index}.xml`, size, (bytes) => {
            read += bytes;
          });
        }
        yield madeFile('video.mp4', 500 * MB, () => {
          throw new Error('the check has read the video');
        });
      }

      // Act
      const check = await checkXmlSignatures(files(), [other.pem, idnow.pem]);

      // Assess
      expect(check.passed).toBe(passed);
      expect(check.providerResult).toBe(
        passed === null ? 'not verified: the ZIP holds more than 100 MB of XML' : null,
      );
      expect(read).toBeLessThanOrEqual(100 * MB);
    },
  );

  test('checkXmlSignatures does not hold the files of a ZIP in memory', async () => {
    const measured = await runInThread(new URL('xml-signature-memory.ts', import.meta.url));

    // checkXmlSignatures holds less than 15 MB in memory, although the files have 90 MB.
    expect(measured).toEqual({ passed: false, maxBytes: expect.any(Number) });
    expect(measured).toHaveProperty(
      'maxBytes',
      expect.toSatisfy((bytes) => bytes < 15 * MB),
    );
  });

  test.each<[what: string, names: string[]]>([
    ['two XML files of the signed name', ['a.xml', 'a.xml', 'a.xml.sig']],
    ['two signatures of one name', ['a.xml', 'a.xml.sig', 'a.xml.sig']],
  ])('checkXmlSignatures returns passed = false if a ZIP has %s', async (_what, names) => {
    async function* files() {
      for (const name of names) yield small(name, name.endsWith('.sig') ? signature : xml);
    }

    expect((await checkXmlSignatures(files(), [idnow.pem])).passed).toBe(false);
  });

  test.each(['a.xml', 'a.xml.sig'])(
    'checkXmlSignatures returns passed = false if the file %s in the ZIP is damaged',
    async (damaged) => {
      async function* files() {
        for (const [name, bytes] of [
          ['a.xml', xml],
          ['a.xml.sig', signature],
        ] as const) {
          const broken = failing(new EvidenceError('corrupt', 'CRC'));
          yield { ...small(name, bytes), ...(name === damaged && { body: broken }) };
        }
      }

      expect((await checkXmlSignatures(files(), [idnow.pem])).passed).toBe(false);
    },
  );
});

async function* failing(error: Error): AsyncGenerator<never> {
  yield* [];
  throw error;
}
