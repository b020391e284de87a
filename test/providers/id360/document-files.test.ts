import { describe, expect, test } from 'vitest';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { fixture } from './fixtures.ts';

const base = 'https://preprod.id360docaposte.com/api/1.0.0/document';
const read = (documents: unknown) => {
  const { documents: pages, unreadable } = readId360Report({ status: 'OK', documents });
  return { pages, unreadable };
};
const identity = (...files: unknown[]) => ({ identity: [{ name: 'id_document_image', files }] });
const one = (url: unknown) => read(identity({ url }));

describe('readDocumentFiles', () => {
  test('a document type with the name __proto__ is read like any other', () => {
    const documents = JSON.parse(`{"__proto__":[{"files":[{"url":"${base}/1/file_contents/"}]}]}`);
    expect(read(documents).pages.map(({ type, id }) => [type, id])).toEqual([['__proto__', '1']]);
  });

  test('readId360Report finds every page of every document type in the ID360 guide', () => {
    const pages = readId360Report(fixture('report-ok')).documents;
    expect(pages.map(({ type, name, id, page }) => `${type} ${name} ${id} ${page}`)).toEqual([
      'identity id_document_image 354746 0',
      'identity id_document_image 354746 1',
      'identity id_document_result 354747 0',
      'other ar24_in_front 354748 0',
      'other ar24_in_back 354749 0',
      'bank_details bank_details_image 354750 0',
      'income_tax income_tax_notice_image 354751 0',
      'income_tax income_tax_notice_image 354751 1',
      'income_tax income_tax_notice_image 354751 2',
      'kbis kbis_image 354752 0',
      'pay_slip pay_slip_image 354753 0',
      'property_tax property_tax_notice_image 354754 0',
      'selfie selfie_image_upload 354755 0',
      'selfie selfie_image 354756 0',
      'health_insurance_card health_insurance_card_image 354757 0',
      'social_security_card social_security_card_image 354758 0',
      'proof_of_address proof_of_address_image 354759 0',
      'car_registration car_registration_image 354760 0',
      'liveness liveness_video$0 354761 0',
      'liveness liveness_video$1 354762 0',
    ]);
  });

  test('readId360Report finds documents of an electronic identity, and those under the older key identity_document', () => {
    const pages = readId360Report(fixture('report-ko')).documents;
    expect(pages.map(({ file }) => file)).toEqual([
      'identity_document/id_document_image-354746-0',
      'identity/idd-354770-0',
    ]);
  });

  test('each ID360 document page gets its own path in the archive, even if front and back have the same name', () => {
    const files = [{ url: `${base}/1/file_contents/?page_number=0` }];
    const documents = {
      identity: [
        { name: 'id_document_image', files },
        { name: 'id_document_image', files: [{ url: `${base}/2/file_contents/?page_number=0` }] },
      ],
    };
    expect(read(documents).pages.map(({ file }) => file)).toEqual([
      'identity/id_document_image-1-0',
      'identity/id_document_image-2-0',
    ]);
  });

  test.each([
    [
      'a list in a list, as in the guide',
      { other: [[{ name: 'a', files: [{ url: `${base}/1/file_contents/` }] }]] },
    ],
    ['objects without lists', { other: { name: 'a', files: { url: `${base}/1/file_contents/` } } }],
    ['a bare URL', { other: [{ name: 'a', files: [`${base}/1/file_contents/`] }] }],
    ['the same file twice', { other: [{ name: 'a', files: Array(2).fill(`${base}/1/file_contents/`) }] }],
  ])('readId360Report finds the file of a document in %s', (_what, documents) => {
    const page = { type: 'other', name: 'a', id: '1', page: 0, file: 'other/a-1-0', hash: null };
    expect(read(documents)).toEqual({ pages: [page], unreadable: [] });
  });

  test('readId360Report finds the files of a document even if the name of the document is unreadable', () => {
    const documents = { other: [{ name: {}, files: [`${base}/1/file_contents/`] }] };
    expect(read(documents).pages).toMatchObject([{ type: 'other', name: 'other', id: '1' }]);
  });

  test.each([undefined, null, {}, [], { identity: null }, { identity: [] }, { identity: [{ name: 'a' }] }])(
    'readId360Report finds no file and nothing unreadable in the documents %j',
    (documents) => {
      expect(read(documents)).toEqual({ pages: [], unreadable: [] });
    },
  );

  test.each([
    ['a text', ['documents']],
    [[7], ['documents']],
    [{ identity: 'x' }, ['identity']],
    [{ identity: [7] }, ['identity']],
    [identity(null, {}, { url: 7 }), ['identity.id_document_image[0]', 'identity.id_document_image[1]']],
    [{ identity: [{ files: ['x'] }] }, ['identity.identity[0]']],
  ])(
    'readId360Report finds no file in the documents %j, and names the documents as unreadable',
    (documents, unreadable) => {
      expect(read(documents)).toEqual({ pages: [], unreadable });
    },
  );
});

describe('the URL of a file', () => {
  test.each([
    [`${base}/354746/file_contents/?page_number=1`, '354746', 1],
    [`${base}/354746/file_contents?page_number=1`, '354746', 1],
    [`${base}/354746/file_contents/`, '354746', 0],
    [`${base}/354746/file_contents/?page_number=01&x=2#y`, '354746', 1],
    [
      `${base}/66b905f6-ac91-4a2c-8b1b-752d2393ac3b/file_contents/?page_number=0`,
      '66b905f6-ac91-4a2c-8b1b-752d2393ac3b',
      0,
    ],
    ['http://10.0.0.7:8000/api/1.0.0/document/1/file_contents/?page_number=0', '1', 0],
    ['https://user:password@attacker.example/document/1/file_contents/?page_number=0', '1', 0],
    ['//attacker.example/document/1/file_contents/?page_number=0', '1', 0],
    ['/api/1.0.0/document/1/file_contents/?page_number=0', '1', 0],
    ['file:///document/1/file_contents/', '1', 0],
  ])(
    'readId360Report takes only the document id and the page from a file URL, and ignores its host: %s',
    (url, id, page) => {
      expect(one(url).pages).toMatchObject([{ id, page }]);
      expect(JSON.stringify(one(url))).not.toMatch(/attacker|password|10\.0\.0/);
    },
  );

  test.each([
    '',
    'x',
    base,
    `${base}/354746`,
    `${base}//file_contents/`,
    `${base}/./file_contents/`,
    `${base}/../file_contents/`,
    `${base}/%2e%2e/file_contents/`,
    `${base}/1%2F2/file_contents/`,
    `${base}/1;2/file_contents/`,
    `${base}/é/file_contents/`,
    `${base}/${'1'.repeat(65)}/file_contents/`,
    `${base}/1/file_contents/more`,
    `${base}/1/file_contents/?page_number=`,
    `${base}/1/file_contents/?page_number=-1`,
    `${base}/1/file_contents/?page_number=1.5`,
    `${base}/1/file_contents/?page_number=1e3`,
    `${base}/1/file_contents/?page_number=10000`,
    `${base}/1/file_contents/?page_number=0%26x`,
    `${base}/1/file_contents/?page_number=0&page_number=1`,
    'https://attacker.example/?x=/document/1/file_contents/',
    'https://attacker.example/#/document/1/file_contents/',
    'javascript:/document/1/file_contents/?page_number=x',
    'https://[/document/1/file_contents/',
  ])('readId360Report names a file as unreadable if its URL has no usable document id or page: %j', (url) => {
    expect(one(url)).toEqual({ pages: [], unreadable: ['identity.id_document_image[0]'] });
  });
});

describe('the path of a page in the archive', () => {
  const fileOf = (type: string, name: string) =>
    read({ [type]: [{ name, files: [`${base}/1/file_contents/`] }] }).pages[0]?.file;

  test.each([
    ['liveness', 'liveness_video$0', 'liveness/liveness_video$0-1-0'],
    ['..', '../../x', '_./_._.._x-1-0'],
    ['a/b', 'c\\d', 'a_b/c_d-1-0'],
    ['.hidden', 'a b', '_hidden/a_b-1-0'],
    ['é', '\ud800', '_/_-1-0'],
    ['t', 'x'.repeat(1000), `t/${'x'.repeat(146)}-1-0`],
  ])(
    'an ID360 document with the type %s and the name %s gets a safe path in the archive',
    (type, name, file) => {
      expect(fileOf(type, name)).toBe(file);
    },
  );
});
