import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { computeIdnowIdentId } from '../../../local/simulators/idnow/make-ident.ts';
import type { IdnowSimulator } from '../../../local/simulators/idnow/start-idnow-simulator.ts';
import { demoIdent, getIdent, idnowForTest, loginToIdnow } from '../support/idnow.ts';

const listAnswer = z.object({
  identifications: z.array(
    z.object({ identificationprocess: z.object({ transactionnumber: z.string(), result: z.string() }) }),
  ),
});
const errorAnswer = z.object({
  errors: z.tuple([
    z.object({ cause: z.string(), key: z.string().nullable(), message: z.string().nullable() }),
  ]),
});

let idnow: IdnowSimulator;
let token: string;

beforeAll(async () => {
  idnow = await idnowForTest();
  token = await loginToIdnow(idnow.url);
});
afterAll(() => idnow.stop());

function call(method: string, path: string, body?: string): Promise<Response> {
  return fetch(`${idnow.url}/api/v1/democompany/${path}`, {
    method,
    headers: { 'X-API-LOGIN-TOKEN': token },
    ...(body !== undefined && { body }),
  });
}

function create(transactionNumber: string, body: object = {}): Promise<Response> {
  return call('POST', `identifications/${transactionNumber}/start`, JSON.stringify(body));
}

async function firstErrorOf(response: Response) {
  return errorAnswer.parse(await response.json()).errors[0];
}

describe('creating idents at the IDnow simulator', () => {
  test('a created ident has an IdentID, and no data until the user has finished', async () => {
    // Prepare
    const person = {
      firstname: 'Erika',
      lastname: 'Musterman',
      custom1: 'X',
      country: 'DE',
      email: 'e@x.example',
    };

    // Act
    const created = await create('made-1', person);
    const fetched = await getIdent(idnow.url, token, 'made-1');

    // Assess
    expect([created.status, await created.json()]).toEqual([201, { id: computeIdnowIdentId('made-1') }]);
    expect([fetched.status, (await firstErrorOf(fetched)).key]).toEqual([
      404,
      expect.stringContaining('not yet finished'),
    ]);
    expect(idnow.idents.find('democompany', 'made-1')).toMatchObject({
      identificationprocess: { result: 'CREATED', identificationtime: null },
      customdata: { custom1: 'X', custom2: null },
      contactdata: { email: 'e@x.example', mobilephone: null },
      userdata: {
        firstname: { status: 'ORIGINAL', original: 'Erika' },
        address: { country: { status: 'ORIGINAL', original: 'DE' } },
      },
    });
  });

  test('an ident that is not finished is updated, and keeps its IdentID', async () => {
    const created = await create('made-2', { firstname: 'Erika' });

    const updated = await create('MADE-2', { firstname: 'Olivia' });

    expect(updated.status).toBe(200);
    expect(await updated.json()).toEqual(await created.json());
    expect(idnow.idents.find('democompany', 'made-2')?.userdata).toMatchObject({
      firstname: { original: 'Olivia' },
    });
  });

  test('an update does not remove what IDnow has read of an ident in review', async () => {
    const ident = demoIdent({ transactionNumber: 'made-3', state: 'CHECK_PENDING' });
    idnow.put(ident);

    expect((await create('made-3', { firstname: 'Olivia' })).status).toBe(200);
    expect(idnow.idents.find('democompany', 'made-3')).toEqual(ident);
  });

  test('a finished ident, and the number of a deleted ident, cannot be used again', async () => {
    // Prepare
    for (const transactionNumber of ['over-1', 'over-2']) idnow.put(demoIdent({ transactionNumber }));
    await call('DELETE', 'identifications/over-2');

    // Act
    const answers = [await create('over-1'), await create('over-2')];

    // Assess
    for (const answer of answers) {
      expect([answer.status, (await firstErrorOf(answer)).cause]).toEqual([409, 'EXISTING_IDENTIFICATION']);
    }
  });

  test.each([
    { body: '{', cause: 'UNPARSEABLE_JSON', key: null },
    { body: '{"shoesize":"42"}', cause: 'UNRECOGNIZED_FIELD', key: 'shoesize' },
    { body: '{"birthday":"23.05.1987"}', cause: 'BAD_REQUEST', key: 'birthday' },
    { body: '{"country":"Germany"}', cause: 'BAD_REQUEST', key: 'country' },
  ])('the IDnow simulator answers the request $body with 400 $cause', async ({ body, cause, key }) => {
    const answer = await call('POST', 'identifications/made-4/start', body);

    expect(answer.status).toBe(400);
    expect(await firstErrorOf(answer)).toMatchObject({ cause, key });
  });

  test.each(['a.b', 'a%20b', 'a'.repeat(256)])(
    'the IDnow simulator refuses the transaction number %s',
    async (transactionNumber) => {
      expect((await create(transactionNumber)).status).toBe(400);
    },
  );
});

describe('lists of idents at the IDnow simulator', () => {
  async function list(query: string) {
    const { identifications } = listAnswer.parse(await (await call('GET', `identifications${query}`)).json());
    return identifications
      .map(({ identificationprocess: { transactionnumber } }) => transactionnumber)
      .filter((number) => number.startsWith('list-'));
  }

  beforeAll(() => {
    const states = [
      'START',
      'CHECK_PENDING',
      'REVIEW_PENDING',
      'ABORTED',
      'CANCELED',
      'FAILED',
      'SUCCESS',
      'FRAUD_SUSPICION_CONFIRMED',
    ] as const;
    for (const state of states) idnow.put(demoIdent({ transactionNumber: `list-${state}`, state }));
    idnow.put(demoIdent({ transactionNumber: 'list-foreign', companyId: 'othercompany' }));
  });

  test.each([
    { query: '?pending=true', states: ['CHECK_PENDING', 'REVIEW_PENDING'] },
    { query: '?aborted=true', states: ['ABORTED'] },
    { query: '?canceled=true', states: ['CANCELED', 'FAILED'] },
    { query: '?successful=true', states: ['SUCCESS', 'FRAUD_SUSPICION_CONFIRMED'] },
    { query: '?aborted=true&successful=false', states: ['ABORTED'] },
    {
      query: '',
      states: [
        'CHECK_PENDING',
        'REVIEW_PENDING',
        'ABORTED',
        'CANCELED',
        'FAILED',
        'SUCCESS',
        'FRAUD_SUSPICION_CONFIRMED',
      ],
    },
  ])("the list $query has the company's idents $states", async ({ query, states }) => {
    expect(await list(query)).toEqual(states.map((state) => `list-${state}`));
  });
});

describe('ending idents at the IDnow simulator', () => {
  test.each(['START', 'CHECK_PENDING'] as const)(
    'the IDnow simulator does not delete an ident in the state %s',
    async (state) => {
      idnow.put(demoIdent({ transactionNumber: `stays-${state}`, state }));

      const answer = await call('DELETE', `identifications/stays-${state}`);

      expect([answer.status, (await firstErrorOf(answer)).key]).toEqual([
        404,
        expect.stringContaining('not yet finished'),
      ]);
    },
  );

  test('a deleted ident is unknown, also to a second DELETE', async () => {
    idnow.put(demoIdent({ transactionNumber: 'gone-1' }));

    const answers = [
      await call('DELETE', 'identifications/GONE-1'),
      await call('DELETE', 'identifications/gone-1'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    expect(await answers[0]?.text()).toBe('');
    expect((await getIdent(idnow.url, token, 'gone-1')).status).toBe(404);
  });

  test('an ident is archived only once, and stays readable', async () => {
    idnow.put(demoIdent({ transactionNumber: 'kept-1' }));

    const answers = [
      await call('POST', 'identifications/kept-1/archive'),
      await call('POST', 'identifications/kept-1/archive'),
      await call('GET', 'identifications/kept-1'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 412, 200]);
  });

  test('a copy of an ident in the same account has its own transaction number and IdentID', async () => {
    idnow.put(demoIdent({ transactionNumber: 'copied-1' }));
    const body = { target_companyid: 'democompany', target_transactionnumber: 'copied-2' };

    const copied = await call('POST', 'identifications/copied-1/copy', JSON.stringify(body));
    const foreign = await call(
      'POST',
      'identifications/copied-1/copy',
      JSON.stringify({ ...body, target_companyid: 'othercompany' }),
    );

    expect([copied.status, await copied.json()]).toEqual([201, { id: computeIdnowIdentId('copied-2') }]);
    expect((await getIdent(idnow.url, token, 'copied-2')).status).toBe(200);
    expect(foreign.status).toBe(403);
  });
});

describe('documents to sign at the IDnow simulator', () => {
  const definition = {
    name: 'Contract',
    identifier: 'contract',
    optional: false,
    mimeType: 'application/pdf',
  };

  test('a document is uploaded before the ident, and can be downloaded when it is signed', async () => {
    // Prepare
    await call('POST', 'documentdefinitions', JSON.stringify(definition));
    await create('sign-1', { firstname: 'Erika', lastname: 'Mustermann' });
    const path = 'identifications/sign-1/documents/contract';

    // Act
    const before = await (await call('GET', path)).json();
    await call('POST', `${path}/data`, '%PDF-1.4');
    const uploaded = await (await call('GET', path)).json();
    const early = await call('GET', `${path}/signed`);
    idnow.put(demoIdent({ transactionNumber: 'sign-1' }));
    const signed = await call('GET', `${path}/signed`);

    // Assess
    expect(before).toMatchObject({ status: 'NEED_UPLOAD' });
    expect(before).not.toHaveProperty('hash');
    expect(uploaded).toMatchObject({ status: 'UPLOADED', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(uploaded).toMatchObject({ displayHash: expect.stringMatching(/^[0-9a-f]{4}(-[0-9a-f]{4}){2}$/) });
    expect([early.status, signed.status]).toEqual([400, 200]);
    expect(await signed.text()).toMatch(/^%PDF-/);
  });

  test('a document definition that is deleted is unknown', async () => {
    await call('POST', 'documentdefinitions', JSON.stringify({ ...definition, identifier: 'short-lived' }));

    const answers = [
      await call('DELETE', 'documentdefinitions/short-lived'),
      await call('GET', 'documentdefinitions/short-lived'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
  });
});
