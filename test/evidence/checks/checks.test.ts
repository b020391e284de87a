import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tinyJpeg, tinyPng } from '../../../local/simulators/specimen-files/tiny-images.ts';
import { tinyPdf } from '../../../local/simulators/specimen-files/tiny-pdf.ts';
import { tinyVideo } from '../../../local/simulators/specimen-files/tiny-video.ts';
import type { ExpectedArtifactContent } from '../../../shared/contract/artifact-content.ts';
import { createContentCheck } from '../../../shared/evidence/checks/start-check.ts';
import { runInThread } from '../../support/run-in-thread.ts';
import { zipOf } from '../zip-fixture.ts';

interface Options {
  readonly declared?: string;
  readonly isHashed?: boolean;
  /** The size in bytes of the chunks in which the content check receives the file. */
  readonly chunk?: number;
}

async function checked(
  content: ExpectedArtifactContent,
  bytes: Uint8Array,
  { declared = 'application/octet-stream', isHashed = false, chunk = 7 }: Options = {},
) {
  const beginning = bytes.subarray(0, 4100);
  const check = await createContentCheck(content, { bytes: beginning, declared, isHashed });
  for (let start = 0; start < bytes.byteLength; start += chunk)
    check.push(bytes.subarray(start, start + chunk));
  return { contentType: check.contentType, result: (await check.end()).kind };
}

const resultOf = async (...given: Parameters<typeof checked>) => (await checked(...given)).result;

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const document = { kind: 'document' } as const;
const zip = { kind: 'zip' } as const;
const pdf = { kind: 'pdf' } as const;
const aboutOne = {
  kind: 'json',
  describesCase: (json: unknown) => JSON.stringify(json) === '{"case":1}',
} as const;

const video = Buffer.concat([...tinyVideo(3000, 'x').chunks()]);
const gif = Buffer.from(
  '47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b',
  'hex',
);
const riff = (type: string) => Buffer.concat([latin1('RIFF\x08\0\0\0'), latin1(type), Buffer.alloc(4)]);
const zipFile = await zipOf({ 'a.xml': 'a'.repeat(300), 'b/c.txt': 'text' }, true);
const commented = Buffer.concat([zipFile.subarray(0, -2), Buffer.from([9, 0]), latin1('a comment')]);
const zipInZip = await zipOf({ 'inner.zip': zipFile, 'empty.zip': await zipOf({}) });

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const docx = await zipOf({
  '[Content_Types].xml': `<Types><Override ContentType="${docxType}.main+xml"/></Types>`,
  'word/document.xml': '<w:document/>',
});
const epub = await zipOf({ mimetype: 'application/epub+zip', 'content.opf': '<package/>' });
/** A BMP image of one pixel: a header of 54 bytes, and the pixel. */
const bitmap = Buffer.concat([
  latin1('BM'),
  Buffer.from('3a000000000000003600000028000000', 'hex'),
  Buffer.alloc(40, 1),
]);
const oggPage = (flags: number, content: string) =>
  Buffer.concat([
    latin1('OggS\0'),
    Buffer.from([flags]),
    Buffer.alloc(20),
    Buffer.from([1, content.length]),
    latin1(content),
  ]);
const ogg = Buffer.concat([oggPage(2, 'OpusHead\x01\x02'), oggPage(0, 'sound, OggS'), oggPage(4, 'the end')]);

/** Complete files in formats that mark their end, each with the content type that the check must recognize. */
const files: [title: string, content: ExpectedArtifactContent, bytes: Buffer, contentType: string | null][] =
  [
    ['a JPEG', document, tinyJpeg('x'), 'image/jpeg'],
    ['a PNG', document, tinyPng(), 'image/png'],
    ['a GIF', document, gif, 'image/gif'],
    ['a WebP', document, riff('WEBP'), 'image/webp'],
    ['an MP4', document, video, 'video/mp4'],
    ['a PDF', document, tinyPdf('x').subarray(0, -1), 'application/pdf'],
    ['a ZIP among the documents', document, zipFile, 'application/zip'],
    ['a PDF that must be a PDF', pdf, tinyPdf('x').subarray(0, -1), 'application/pdf'],
    ['a ZIP', zip, zipFile, null],
    ['a ZIP with a comment', zip, commented, null],
    ['a ZIP with ZIPs in it', zip, zipInZip, null],
    ['an empty ZIP among the documents', document, await zipOf({}), 'application/zip'],
    ['a DOCX', document, docx, docxType],
    ['an EPUB', document, epub, 'application/epub+zip'],
    ['a BMP', document, bitmap, 'image/bmp'],
    ['an Ogg recording', document, ogg, 'audio/ogg; codecs=opus'],
    ['JSON', aboutOne, latin1('{"case":1}'), null],
  ];

describe('the check of a complete file', () => {
  test.each(files)(
    'a complete file passes the content check with chunks of any size: %s',
    async (_title, content, bytes, contentType) => {
      for (const chunk of [1, 7, 4096]) {
        expect(await checked(content, bytes, { chunk })).toEqual({ contentType, result: 'whole' });
      }
    },
  );

  test.each([
    ['a JPEG with zeros after its end', document, Buffer.concat([tinyJpeg(), Buffer.alloc(9)])],
    ['a PDF with a line before its header', pdf, Buffer.concat([latin1('\r\n'), tinyPdf('x')])],
    [
      'a PDF after the commands of a printer language',
      pdf,
      Buffer.concat([latin1('\x1b%-12345X@PJL JOB\r\n'), tinyPdf('x')]),
    ],
    ['a PDF after binary bytes', pdf, Buffer.concat([Buffer.from('0001020a', 'hex'), tinyPdf('x')])],
    ['a PDF after a UTF-8 byte order mark', pdf, Buffer.concat([Buffer.from('efbbbf', 'hex'), tinyPdf('x')])],
    ['a PNG with bytes after its end', document, Buffer.concat([tinyPng(), latin1('added')])],
    ['a ZIP64', zip, zip64()],
  ])(
    'a complete file with an unusual start or end passes the content check: %s',
    async (_title, content, bytes) => {
      expect(await resultOf(content, bytes)).toBe('whole');
    },
  );
});

describe('the check of a file that is cut off', () => {
  test.each(files)(
    'a file that is cut off anywhere does not pass the content check as whole: %s',
    async (_title, content, bytes, contentType) => {
      for (let length = 1; length < bytes.byteLength; length += bytes.byteLength > 2000 ? 97 : 1) {
        const result = await resultOf(content, bytes.subarray(0, length));
        // The content check may return `open-ended` for a few bytes, because it cannot recognize their format.
        expect([length, result]).not.toEqual([length, 'whole']);
        // The check needs more bytes of an Ogg file, because Ogg names its codec only after its first page header.
        const recognizable = contentType?.startsWith('audio/ogg') ? 48 : 16;
        if (length > recognizable) expect([length, result]).not.toEqual([length, 'open-ended']);
      }
    },
  );

  test('a ZIP with missing bytes in its middle is refused', async () => {
    const bytes = Buffer.concat([zipFile.subarray(0, 20), zipFile.subarray(25)]);
    expect(await resultOf(zip, bytes)).toBe('refused');
  });

  test('a ZIP that is cut off after an empty ZIP inside it is refused', async () => {
    const inner = await zipOf({});
    const outer = await zipOf({ 'empty.zip': inner });
    const end = outer.indexOf(inner) + inner.byteLength;
    expect(await resultOf(zip, outer.subarray(0, end))).toBe('refused');
  });
});

describe('the check of bytes that are no file', () => {
  const errors: [string, Buffer][] = [
    ['a plain text', latin1('Service temporarily unavailable')],
    ['a text in Latin-1', latin1('Le service est arr\xeat\xe9')],
    ['a text in UTF-16', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('Error', 'utf16le')])],
    ['a text that begins like a bitmap', latin1('BMW has no such document')],
    ['a text that begins like a recording', latin1('ID3 is not supported')],
    ['an error in JSON', latin1('{"errors":[{"cause":"INTERNAL_ERROR"}]}')],
    ['a web page', latin1('<!doctype html><title>Maintenance</title>')],
    ['a web page about PDFs', latin1('<html>The file %PDF-1.4 is not there</html>')],
    ['a message about PDFs', latin1('The file %PDF-1.4 is not there %%EOF')],
    ['a message with a PDF header in its second line', latin1('The file is not there:\n%PDF-1.4 %%EOF')],
    ['a web page with a stray NUL', latin1('<html>\0<title>Maintenance</title></html>')],
    ['JSON with a stray NUL', latin1('{"error":"\0"}')],
    [
      'a web page in UTF-16 without a byte order mark',
      Buffer.from('<!DOCTYPE html><p>Maintenance', 'utf16le'),
    ],
    ['JSON in UTF-16 without a byte order mark', Buffer.from('{"error":1}', 'utf16le').swap16()],
    ['XML with a stray NUL', latin1('<?xml version="1.0"?><error>\0</error>')],
    ['XML', latin1('<?xml version="1.0"?><error/>')],
  ];

  test.each(errors)(
    'the content checks refuse an error message, whether they expect a document, a PDF, a ZIP or the JSON of a case: %s',
    async (_title, bytes) => {
      for (const content of [document, pdf, zip, aboutOne]) {
        expect(await resultOf(content, bytes, { declared: 'image/jpeg' })).toBe('refused');
      }
    },
  );

  test.each([
    ['JSON about another case', '{"case":2}'],
    ['JSON that is cut off', '{"case":1'],
    ['JSON that is not in UTF-8', '{"case":1,"name":"\xe9"}'],
    ['the JSON value null', 'null'],
  ])('the JSON of a case is refused if it is invalid or about another case: %s', async (_title, body) => {
    expect(await resultOf(aboutOne, latin1(body))).toBe('refused');
  });

  test('the check of a ZIP refuses a ZIP without files', async () => {
    expect(await resultOf(zip, await zipOf({}))).toBe('refused');
  });

  test('the content checks of a PDF and of a ZIP refuse an image', async () => {
    expect(await resultOf(pdf, tinyJpeg())).toBe('refused');
    expect(await resultOf(zip, tinyJpeg())).toBe('refused');
  });
});

describe('the check of a document in an unknown format', () => {
  const bytes = Buffer.from('0001020304deadbeef', 'hex');

  test.each([
    ['application/octet-stream', 'open-ended'],
    ['image/x-sensor-dump', 'open-ended'],
    ['application/json', 'refused'],
    ['text/plain; charset=utf-8', 'refused'],
    ['application/problem+json', 'refused'],
  ])(
    'a document in an unknown format is refused only if its declared type is text: %s is %s',
    async (declared, result) => {
      expect(await checked(document, bytes, { declared })).toEqual({ contentType: null, result });
    },
  );

  test('a document passes without a check of its format if the provider sends its hash', async () => {
    expect(await resultOf(document, latin1('a text'), { isHashed: true })).toBe('whole');
  });
});

test('the content checks never throw, whatever bytes they get', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(document, pdf, zip, aboutOne),
      fc.constantFrom('', 'ffd8ff', '504b0304', '504b0506', '25504446', '0000000866747970', '52494646'),
      fc.uint8Array({ maxLength: 300 }),
      async (content, signature, rest) => {
        const result = await resultOf(content, Buffer.concat([Buffer.from(signature, 'hex'), rest]));
        expect(['whole', 'cut', 'unusual-end', 'open-ended', 'refused']).toContain(result);
      },
    ),
    { numRuns: 500 },
  );
});

test('the check of a ZIP of 100 MiB keeps less than 10 MiB in memory', async () => {
  const measured = await runInThread(new URL('zip-check-memory.ts', import.meta.url));

  expect(measured).toEqual({ kind: 'refused', maxBytes: expect.any(Number) });
  expect(measured).toHaveProperty(
    'maxBytes',
    expect.toSatisfy((bytes) => bytes < 10 * 1024 * 1024),
  );
});

/** A ZIP of one empty file, with the end records of ZIP64 (APPNOTE 4.3.14 and 4.3.15). */
function zip64(): Buffer {
  const name = latin1('a');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50);
  central.writeUInt16LE(name.length, 28);
  const directoryStart = local.length + name.length;
  const directorySize = central.length + name.length;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(1n, 24);
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(directorySize), 40);
  end64.writeBigUInt64LE(BigInt(directoryStart), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50);
  locator.writeBigUInt64LE(BigInt(directoryStart + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(0, 4);
  end.writeUInt16LE(0, 20);
  return Buffer.concat([local, name, central, name, end64, locator, end]);
}
