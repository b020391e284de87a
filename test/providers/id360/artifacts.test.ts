import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlannedError } from '../../../local/simulators/faults.ts';
import { createId360DocumentPageFile } from '../../../local/simulators/id360/document-content.ts';
import { makeId360Report } from '../../../local/simulators/id360/make-report.ts';
import { createRetryBudget } from '../../../shared/provider-api/retry-budget.ts';
import {
  getFileOfDocumentPage,
  makeRemoteFileArtifact,
  makeUnreachableFileArtifact,
} from '../../../shared/providers/id360/artifacts.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { patient, simulated } from './api-under-test.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const noWait = async () => undefined;

const back = {
  type: 'identity',
  name: 'id_document_image',
  id: '5012300',
  page: 1,
  file: 'identity/id_document_image-5012300-1',
  hash: { algorithm: 'MD5', value: 'd41d8cd98f00b204e9800998ecf8427e' },
};

async function underTest() {
  const api = await simulated(dynamodb);
  api.id360.put(makeId360Report({ id: 50123, status: 'OK' }));
  const session = api.session();
  return {
    ...api,
    session,
    artifact: makeRemoteFileArtifact(session, createRetryBudget(noWait), getFileOfDocumentPage(back, 3)),
  };
}

describe('the artifact of a page', () => {
  test('the path of an ID360 document page contains the document id and the page number', () => {
    expect(getFileOfDocumentPage(back, 3)).toEqual({
      name: 'documents/identity/id_document_image-5012300-1',
      label: 'documents/[3]',
      path: 'api/1.0.0/document/5012300/file_contents/?page_number=1',
      content: { kind: 'document' },
      providerHash: back.hash,
    });
  });

  test('the download of an ID360 document page has the content type of the HTTP answer', async () => {
    await using api = await underTest();

    const download = await api.artifact.open(patient());

    const { type, chunks } = createId360DocumentPageFile(
      { name: back.name, documentId: back.id, page: 1 },
      0,
    );
    expect(download.contentType).toBe(type);
    expect(await buffer(download.body)).toEqual(Buffer.concat([...chunks()]));
  });

  test('the download of an ID360 document page has the length that the HTTP answer announces', async () => {
    await using api = await underTest();
    api.id360.failNext('document', { status: 200, body: '12345', headers: { 'content-length': '5' } });

    expect((await api.artifact.open(patient())).length).toBe(5);
  });

  test('the download of an ID360 document page has no length if the HTTP answer announces none', async () => {
    await using api = await underTest();

    expect((await api.artifact.open(patient())).length).toBeNull();
  });

  const html: PlannedError = { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } };
  test.each<[string, PlannedError, string, string]>([
    ['gone', { status: 404, times: 5 }, 'gone', 'answered 404'],
    ['not ready', { status: 202 }, 'not_ready', 'answered 202'],
    ['down', { status: 503 }, 'transient', 'answered 503'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9' } }, 'transient', 'answered 302'],
    ['a web page', html, 'transient', 'answered 200'],
    ['cut off', { status: 'hang-up' }, 'transient', 'no answer'],
  ])(
    'opening an ID360 document page throws the matching EvidenceError if the HTTP answer is: %s',
    async (_, fault, kind, message) => {
      await using api = await underTest();
      api.id360.failNext('document', fault);

      await expect(api.artifact.open(patient())).rejects.toMatchObject({
        kind,
        message: `GET documents/[3]: ${message}`,
      });
    },
  );
});

test('an ID360 file with a known content type keeps this type, even if the HTTP answer has another', async () => {
  await using api = await underTest();
  const path = 'api/1.0.0/enrollment/50123/report/pdf';
  const pdf = makeRemoteFileArtifact(api.session, createRetryBudget(noWait), {
    name: 'report.pdf',
    type: 'application/pdf',
    content: { kind: 'pdf' },
    path,
  });
  api.id360.failNext('pdf', { status: 200, headers: { 'content-type': 'application/octet-stream' } });

  const download = await pdf.open(patient());

  expect(pdf).toMatchObject({ contentType: 'application/pdf', required: false, unpack: false });
  expect(download).not.toHaveProperty('contentType');
});

test.each([
  ['identity.id_document_image[1]', 'documents/identity.id_document_image_1_'],
  ['liveness.liveness_video$0[0]', 'documents/liveness.liveness_video_0_0_'],
  ['../../secrets.a/b[0]', 'documents/______secrets.a_b_0_'],
  ['....', 'documents/____'],
  ['é\n\u0000', 'documents/___'],
  ['x'.repeat(500), `documents/${'x'.repeat(100)}`],
])(
  'an ID360 file without a usable URL is an artifact that cannot be opened: %j gets the name %s',
  async (label, name) => {
    const artifact = makeUnreachableFileArtifact(label, 0);

    expect(artifact).toMatchObject({ name, required: false, unpack: false });
    await expect(artifact.open(patient())).rejects.toMatchObject({ name: 'EvidenceError', kind: 'invalid' });
  },
);
