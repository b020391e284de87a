import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { allId360DocumentKinds } from '../../../local/simulators/id360/document-kinds.ts';
import { makeId360Report } from '../../../local/simulators/id360/make-report.ts';
import type { Id360ReportJson } from '../../../local/simulators/id360/report.ts';
import type { Id360Simulator } from '../../../local/simulators/id360/start-id360-simulator.ts';
import { getFromId360, id360ForTest, loginToId360 } from '../support/id360.ts';

let id360: Id360Simulator;
let token: string;

const report = makeId360Report({ id: 50123, status: 'OK', documents: allId360DocumentKinds });

beforeAll(async () => {
  id360 = await id360ForTest();
  id360.put(report);
  token = await loginToId360(id360.url);
});
afterAll(() => id360.stop());

const get = (path: string) => getFromId360(id360.url, token, path);

/** Lists the files in a report: for each file, the name of its document, its hash, and its path with the query. */
function filesOf({ documents = {} }: Id360ReportJson) {
  return Object.values(documents)
    .flat()
    .flatMap(({ name, files }) =>
      files.map(({ url, hash }) => {
        const { pathname, search } = new URL(url);
        return { name, hash, path: `${pathname}${search}`.replace('/api/1.0.0/', '') };
      }),
    );
}

/** The first bytes of a file, in hexadecimal, by media type. */
const beginnings = {
  'image/jpeg': 'ffd8ffe0',
  'application/pdf': '255044462d',
  'video/mp4': '0000001866747970',
};

function typeOf(name: string): keyof typeof beginnings {
  if (name.startsWith('liveness')) return 'video/mp4';
  const asPdf = /^(bank_details|income_tax_notice|kbis|pay_slip|property_tax_notice|proof_of_address)_image$/;
  return asPdf.test(name) ? 'application/pdf' : 'image/jpeg';
}

describe('ID360 GET document', () => {
  test.each(filesOf(report))(
    'the file of $name at $path has the right type and hash',
    async ({ name, path, hash }) => {
      const response = await get(path);
      const bytes = Buffer.from(await response.arrayBuffer());

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe(typeOf(name));
      expect(bytes.toString('hex')).toMatch(new RegExp(`^${beginnings[typeOf(name)]}`));
      expect(createHash('md5').update(bytes).digest('hex')).toBe(hash);
    },
  );

  test('each page of an ID360 document has different bytes', () => {
    const hashes = filesOf(report).map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes).toHaveLength(18);
  });

  test('the ID360 simulator returns the first page if a document request has no page number', async () => {
    const contents = ['?page_number=0', ''].map(async (query) => {
      const response = await get(`document/5012300/file_contents/${query}`);
      return response.text();
    });
    const [first, unnamed] = await Promise.all(contents);
    expect(unnamed).toBe(first);
  });

  test.each([
    '5012300/file_contents/?page_number=2',
    '5012300/file_contents/?page_number=x',
    '999/file_contents/',
  ])('the ID360 simulator answers 404 for the unknown document page %s', async (path) => {
    expect((await get(`document/${path}`)).status).toBe(404);
  });

  test('a large video of the ID360 simulator has the hash that is in the report', async () => {
    await using large = await id360ForTest({ videoPadding: 300_000 });
    const padded = makeId360Report({ id: 1, status: 'OK', documents: ['liveness'], videoPadding: 300_000 });
    large.put(padded);
    const login = await loginToId360(large.url);

    for (const { path, hash } of filesOf(padded)) {
      const bytes = Buffer.from(await (await getFromId360(large.url, login, path)).arrayBuffer());
      expect(bytes.length).toBeGreaterThan(300_000);
      expect(createHash('md5').update(bytes).digest('hex')).toBe(hash);
    }
  });
});

test('the idClaim of the ID360 simulator is an ASiC-E container: a ZIP that begins with its media type', async () => {
  const response = await get('enrollment/50123/idclaim');
  const bytes = Buffer.from(await response.arrayBuffer());

  expect(response.headers.get('content-type')).toBe('application/vnd.etsi.asic-e+zip');
  // Validators of ASiC-E containers, and the command `file`, expect the media type directly after the header and the name of
  // the first ZIP entry.
  expect(bytes.toString('latin1', 30, 69)).toBe('mimetypeapplication/vnd.etsi.asic-e+zip');
  const names: string[] = [];
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName);
    await buffer(await zip.openReadStreamPromise(entry));
  }
  expect(names).toEqual(['mimetype', 'idclaim.json', 'META-INF/signatures.xml']);
  expect(Buffer.from(await (await get('enrollment/50123/idclaim')).arrayBuffer())).toEqual(bytes);
});

test('the ID360 simulator returns the PDF of a report in the format PDF', async () => {
  const response = await get('enrollment/50123/report/pdf');

  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(await response.text()).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
});
