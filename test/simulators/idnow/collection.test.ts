import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IdnowSimulator } from '../../../local/simulators/idnow/start-idnow-simulator.ts';
import { demoIdent, idnowForTest, loginToIdnow } from '../support/idnow.ts';
import {
  type PublishedRequest,
  readIdnowCollection,
  type SavedResponse,
} from '../support/idnow-collection.ts';
import { type NewmanRun, runNewman } from '../support/run-newman.ts';
import { listShapeDifferences } from '../support/shape-differences.ts';

/** The values of the variables in one request, if they differ from the defaults. */
interface Values {
  company?: string;
  transaction?: string;
  identifier?: string;
  loginToken?: string;
}

const defaults = { company: 'democompany', transaction: 'fraud', identifier: 'doc' };

/** The values with which a request gets its saved response, by the names of both. */
const valuesOf: Readonly<Record<string, Values>> = {
  'Company Login / Company Login 500': { company: 'failing' },
  'Create Ident / Create Demo Ident 201': { transaction: 'new-1' },
  'Create Ident / Create Ident 201': { transaction: 'new-2' },
  'Ident / Get Demo Ident 404': { transaction: 'TST-RNWSA' },
  'Get Binding Key / Get Binding Key 404': { transaction: 'review' },
  'Create document definition / Create document definition 412': {
    company: 'testbank',
    loginToken: '{{TESTBANK-TOKEN}}',
  },
  'Update document definition / Update document definition 404': { identifier: 'doc1' },
  'Delete document definition / Delete document definition 404': { identifier: 'doc1' },
  'Single document definition / Single document definition 404': { identifier: 'doc1' },
  'Upload document / Upload document 200': { transaction: 'review' },
  'Single document / Single document 200 (status: UPLOADED)': { transaction: 'review' },
  'Single document / Single document 200 (status: NEED_UPLOAD)': { transaction: 'created' },
  'List documents / List documents 200': { transaction: 'review' },
  'Download Signed Document / Download Signed Document 200': { transaction: 'signed' },
  'Download Signed Document / Download Signed Document 404': { identifier: 'doc1' },
  'Download Signed Document / Download Signed Document 400': { transaction: 'created' },
  'Delete Ident / Delete Ident 404': { transaction: 'created' },
  'Delete Ident / Delete Ident 200': { transaction: 'deleted' },
  'Copy Ident / Copy Ident 404': { transaction: 'abc' },
};

interface Expectation {
  name: string;
  published: PublishedRequest;
  saved: SavedResponse;
}

const published = await readIdnowCollection();
const expectations: Expectation[] = published.flatMap((request) =>
  request.response.map((saved) => ({
    name: `${request.name.trim()} / ${saved.name}`,
    published: request,
    saved,
  })),
);

/** Creates the newman request for a saved response. Its path has a value for each variable of the collection. */
function itemFor({ name, published: { event, request }, saved }: Expectation) {
  const values = { ...defaults, ...valuesOf[name] };
  const url = request.url
    .replace('{{CUSTOMER}}', values.company)
    .replace('{{TRANSACTION-NUMBER}}', values.transaction)
    .replace('{{DOCUMENT-DEFINITION-IDENTIFIER}}', values.identifier);
  const loginToken = statusOf(saved) === 401 ? 'expired' : values.loginToken;
  const header = request.header.map(({ key, value }) => ({
    key,
    value: key === 'X-API-LOGIN-TOKEN' ? (loginToken ?? value) : value,
  }));
  return {
    name,
    // The script of the login keeps the token of its answer. It must not run after a login that fails.
    ...(statusOf(saved) < 400 && { event }),
    request: {
      ...request,
      url,
      header,
      ...(request.body?.mode === 'file' && { body: { mode: 'file', file: { src: 'contract.pdf' } } }),
    },
  };
}

/** Returns the status of a saved response. One has its status only in its name. */
function statusOf({ code, name }: SavedResponse): number {
  return code ?? Number(/\d{3}/.exec(name)?.[0]);
}

/** Custom fields of an ident, as in the published request that creates one. */
const custom = { custom1: 'a', custom2: 'b', custom3: 'c', custom4: 'd', custom5: 'e' };

let idnow: IdnowSimulator;
let run: NewmanRun;

beforeAll(async () => {
  idnow = await idnowForTest({
    accounts: [
      { companyId: 'democompany', apiKey: 'key-1' },
      { companyId: 'testbank', apiKey: 'key-2', features: [] },
    ],
  });
  for (const transactionNumber of ['signed', 'deleted']) idnow.put(demoIdent({ transactionNumber }));
  idnow.put(demoIdent({ transactionNumber: 'fraud', state: 'FRAUD_SUSPICION_CONFIRMED', custom }));
  idnow.put(demoIdent({ transactionNumber: 'review', state: 'CHECK_PENDING' }));
  idnow.put(demoIdent({ transactionNumber: 'created', state: 'START', result: 'CREATED' }));
  idnow.failNext('login', { status: 500, path: 'failing' });
  const token = await loginToIdnow(idnow.url);
  const post = (path: string, body: string) =>
    fetch(`${idnow.url}/api/v1/democompany/${path}`, {
      method: 'POST',
      headers: { 'X-API-LOGIN-TOKEN': token },
      body,
    });
  const definition = { name: 'Contract', identifier: 'doc', optional: false, mimeType: 'application/pdf' };
  await post('documentdefinitions', JSON.stringify(definition));
  await post('identifications/signed/documents/doc/data', '%PDF-');
  const collection = {
    info: {
      name: 'IDnow',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: expectations.map(itemFor),
  };
  run = await runNewman(
    collection,
    {
      GATEWAYHOST: idnow.url,
      APIKEY: 'key-1',
      'TESTBANK-TOKEN': await loginToIdnow(idnow.url, 'testbank', 'key-2'),
    },
    { 'contract.pdf': '%PDF-' },
  );
});
afterAll(() => idnow.stop());

function responseTo(name: string): NewmanRun['executions'][number]['response'] {
  const found = run.executions.find(({ item }) => item.name === name);
  return found?.response ?? expect.unreachable(`newman did not send ${name}`);
}

test("IDnow's collection has 21 requests, and each has a saved response", () => {
  expect(published).toHaveLength(21);
  expect(published.filter(({ response }) => response.length === 0)).toEqual([]);
  expect(Object.keys(valuesOf).filter((name) => !expectations.some((each) => each.name === name))).toEqual(
    [],
  );
});

test("newman runs IDnow's collection without failures, and no request has an unknown path", () => {
  expect(run.executions).toHaveLength(expectations.length);
  expect(run.failures).toEqual([]);
  expect(idnow.requests.other).toBe(0);
});

/** IDnow saved the JSON of an ident as the response of these two requests for files. */
const savedWithoutExtension = ['Get Ident PDF / Get PDF Ident 200', 'Get Ident ZIP / Get ZIP Ident 200'];

describe('each saved response', () => {
  test.each(expectations)(
    'the IDnow simulator answers as in IDnow’s collection: $name',
    async ({ name, saved }) => {
      const { code, stream } = responseTo(name);

      expect(code).toBe(statusOf(saved));
      if (savedWithoutExtension.includes(name)) {
        const { stream: ident } = responseTo('Get Ident / Get Ident 200 (Success)');
        expectShape(String(ident), saved, true);
        return;
      }
      expectShape(String(stream), saved, name.includes('Get Demo Ident 200') || name.includes('(Success)'));
    },
  );
});

function expectShape(actual: string, { body, code = 200 }: SavedResponse, isIdent: boolean) {
  const sample = body?.trim() ?? '';
  if (sample.startsWith('<')) return expect(actual).toMatch(/^<\?xml[^>]*>\s*<identifications>/);
  if (sample !== '') {
    const differences = listShapeDifferences(JSON.parse(actual), JSON.parse(sample), { allowsMore: isIdent });
    return expect(differences).toEqual([]);
  }
  // Some samples of the same error have a body and some have none. So only an empty success must be empty.
  return expect(code < 400 ? actual.replace(/^%PDF[\s\S]*/, '') : '').toBe('');
}

test.each([
  { name: 'Get Ident PDF / Get PDF Ident 200', type: 'application/pdf', start: '%PDF-' },
  { name: 'Get Ident ZIP / Get ZIP Ident 200', type: 'application/zip', start: 'PK' },
  { name: 'Get XML / Get XML', type: 'application/xml', start: '<?xml' },
  {
    name: 'Download Signed Document / Download Signed Document 200',
    type: 'application/pdf',
    start: '%PDF-',
  },
])('the IDnow simulator answers $name with a file of the type $type', ({ name, type, start }) => {
  const { header, stream } = responseTo(name);

  expect(header.find(({ key }) => key.toLowerCase() === 'content-type')?.value).toBe(type);
  expect(stream.toString('latin1').startsWith(start)).toBe(true);
});
