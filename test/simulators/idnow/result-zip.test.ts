import { verify } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { IdentOptions } from '../../../local/simulators/idnow/ident-options.ts';
import { demoIdent, getIdent, idnowForTest, loginToIdnow } from '../support/idnow.ts';

/** Requests the ZIP of an ident twice, and its XML, from an IDnow simulator. */
async function zipOf(options: Partial<IdentOptions> = {}, zipPadding = 0) {
  await using idnow = await idnowForTest({ zipPadding });
  idnow.put(demoIdent(options));
  const token = await loginToIdnow(idnow.url);
  const load = async (name: string) => {
    const response = await getIdent(idnow.url, token, encodeURIComponent(name));
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const name = options.transactionNumber ?? 'Txn-1';
  const bytes = await load(`${name}.zip`);
  const again = await load(`${name}.zip`);
  const xml = await load(`${name}.xml`);
  return { bytes, again, xml, files: await entriesOf(bytes), key: idnow.signingKeyPem };
}

async function entriesOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    expect(crc32(content)).toBe(entry.crc32);
    files.set(entry.fileName, content);
  }
  return files;
}

function file(files: Map<string, Buffer>, name: string): Buffer {
  return files.get(name) ?? expect.unreachable(`no ${name} in the ZIP`);
}

test('the ZIP of a finished IDnow ident contains the attachments, the PDF, the XML and the signature of the XML', async () => {
  const { files } = await zipOf();

  expect([...files.keys()].sort()).toEqual([
    'Txn-1.pdf',
    'Txn-1.xml',
    'Txn-1.xml.sig',
    'Txn-1_idbackside.jpg',
    'Txn-1_idfrontside.jpg',
    'Txn-1_security1.jpg',
    'Txn-1_security2.jpg',
    'Txn-1_security3.jpg',
    'Txn-1_securityfeaturevideo.mp4',
    'Txn-1_userface.jpg',
  ]);
});

test.each<{ why: string; options: Partial<IdentOptions>; names: string[] }>([
  {
    why: 'signed contracts',
    options: { esigning: true },
    names: ['Txn-1_Contract_document_original.pdf', 'Txn-1_Contract_document_signed.pdf'],
  },
  { why: 'a utility bill', options: { proofOfAddress: 'SUCCESS' }, names: ['Txn-1_utilitybill.jpg'] },
  { why: 'PNG images', options: { images: 'png' }, names: ['Txn-1_userface.png'] },
  {
    why: 'the reports of an aborted ident',
    options: { state: 'ABORTED' },
    names: ['Txn-1.pdf', 'Txn-1.xml'],
  },
  { why: 'the reports of a failed ident', options: { state: 'FAILED' }, names: ['Txn-1.pdf', 'Txn-1.xml'] },
  {
    why: 'safe file names for any transaction number',
    options: { transactionNumber: '../a b/ü' },
    names: ['.._a_b__.pdf'],
  },
])('the ZIP of an IDnow ident contains $why', async ({ options, names }) => {
  const { files } = await zipOf(options);
  expect([...files.keys()]).toEqual(expect.arrayContaining(names));
});

test('the signature in the ZIP of an IDnow ident is valid for the XML that the API returns', async () => {
  const { files, xml, key } = await zipOf();
  const signature = file(files, 'Txn-1.xml.sig');

  expect(file(files, 'Txn-1.xml')).toEqual(xml);
  expect(key).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(verify('sha512', xml, key, signature)).toBe(true);
  expect(verify('sha512', Buffer.concat([xml, Buffer.from(' ')]), key, signature)).toBe(false);
});

test('two downloads of the same IDnow ident return the same bytes of the ZIP', async () => {
  const { bytes, again } = await zipOf({}, 1000);

  expect(again.equals(bytes)).toBe(true);
  // The ZIP must contain the ident's time. With the current time, two quick downloads would be equal only by chance.
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    expect(entry.getLastModDate()).toEqual(new Date('2026-11-22T10:14:58Z'));
  }
});

test('each file in the ZIP of an IDnow ident has the format of its file extension', async () => {
  const { files: jpegs } = await zipOf({ esigning: true });
  const { files: pngs } = await zipOf({ images: 'png' });

  const jpeg = file(jpegs, 'Txn-1_userface.jpg');
  expect(jpeg.subarray(0, 4).toString('hex')).toBe('ffd8ffe0');
  expect(jpeg.subarray(-2).toString('hex')).toBe('ffd9');
  const png = file(pngs, 'Txn-1_userface.png');
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect(inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8))).toHaveLength(4);
  const video = file(jpegs, 'Txn-1_securityfeaturevideo.mp4');
  expect(video.subarray(4, 12).toString('latin1')).toBe('ftypisom');
  for (const name of ['Txn-1.pdf', 'Txn-1_Contract_document_signed.pdf']) {
    const pdf = file(jpegs, name).toString('latin1');
    const xref = Number(/startxref\n(\d+)\n%%EOF/.exec(pdf)?.[1]);
    expect(pdf.startsWith('%PDF-1.4')).toBe(true);
    expect(pdf.slice(xref, xref + 5)).toBe('xref\n');
  }
});

test.each(['SUCCESS', 'ABORTED'] as const)(
  'the option zipPadding of the IDnow simulator makes the video of a %s ident large',
  async (state) => {
    const { files } = await zipOf({ state }, 1_000_000);

    const video = file(files, 'Txn-1_securityfeaturevideo.mp4');
    expect(video.length).toBeGreaterThan(1_000_000);
    // The MP4 box `mdat` states its own length. The length includes the padding, so the file stays valid.
    const header = video.indexOf('mdat') - 4;
    expect(Number(video.readBigUInt64BE(header + 8))).toBe(video.length - header);
  },
);

test('the IDnow simulator generates a large ZIP while the client reads it', async () => {
  // A ZIP of 1 TB fits into no memory. If the simulator generated the ZIP before it answers, no byte would arrive.
  await using idnow = await idnowForTest({ zipPadding: 2 ** 40 });
  idnow.put(demoIdent());
  const token = await loginToIdnow(idnow.url);

  const response = await getIdent(idnow.url, token, 'Txn-1.zip');
  let received = 0;
  for await (const chunk of response.body ?? []) {
    received += chunk.length;
    if (received > 32 * 1024 * 1024) break;
  }

  expect(received).toBeGreaterThan(32 * 1024 * 1024);
});
