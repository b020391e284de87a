import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type EndpointProxies, endpointProxies } from '../support/endpoint-proxies.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Answer,
  authorization,
  companyId,
  type PostOptions,
  type SystemUnderTest,
  startSystemUnderTest,
} from '../support/system-under-test.ts';

let proxies: EndpointProxies;
let sut: SystemUnderTest;
beforeAll(async () => {
  proxies = endpointProxies();
  sut = await startSystemUnderTest({ interceptEndpoint: proxies.interceptEndpoint });
});
afterEach(() => proxies.refuse(null));
afterAll(async () => {
  await sut.stop();
  proxies.stop();
});

/** Personal data that answers, logs and metrics must not contain. Tests search for these values and their parts. */
const canaries = {
  firstname: 'CANARYFIRST',
  lastname: 'CANARYLAST',
  birthday: '1899-12-24',
  birthplace: 'CANARYTOWN',
  street: 'CANARYSTREET 7',
  number: 'CANARYDOC77',
  email: 'canary@mail.example',
  mobilephone: '+49170555000111',
  custom: 'CANARYCUSTOM',
  agent: 'CANARYAGENT',
  identId: 'TST-CNRYX',
} as const;
const password = 'canary-password';
const traces = [
  ...Object.values(canaries),
  password,
  'CANARY',
  'canary',
  'a-test-password',
  'a-test-api-key',
  authorization.replace('Basic ', ''),
  Buffer.from(`idnow:${password}`).toString('base64'),
];

function ident(transactionnumber: string, result: unknown, minute: number) {
  const { firstname, lastname, birthday, birthplace, street, number } = canaries;
  const verified = (value: string) => ({ status: 'NEW', value, original: value });
  return {
    identificationprocess: {
      companyid: companyId,
      transactionnumber,
      result,
      reason: `CANARYREASON`,
      agentname: canaries.agent,
      id: canaries.identId,
      identificationtime: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`,
    },
    contactdata: { email: canaries.email, mobilephone: canaries.mobilephone },
    customdata: { custom1: canaries.custom },
    userdata: {
      firstname: verified(firstname),
      lastname: verified(lastname),
      birthday: verified(birthday),
      birthplace: verified(birthplace),
      address: { street: verified(street) },
    },
    identificationdocument: { number: verified(number) },
  };
}

function expectNoTraces(answer: Answer): void {
  const answerText = JSON.stringify([answer.body, [...answer.headers]]);
  for (const trace of traces) expect(answerText).not.toContain(trace);
}

type Path = [
  name: string,
  status: number,
  send: () => [body: unknown, options?: PostOptions],
  refuses?: 'dynamodb' | 's3',
];

const wrong = { authorization: `Basic ${Buffer.from(`idnow:${password}`).toString('base64')}` };
const paths: Path[] = [
  ['an accepted delivery', 200, () => [ident('privacy-1', 'SUCCESS', 9)]],
  ['a duplicate delivery', 200, () => [ident('privacy-1', 'SUCCESS', 9)]],
  ['a stale delivery', 200, () => [ident('privacy-1', 'CHECK_PENDING', 5)]],
  ['a delivery that causes a revision', 200, () => [ident('privacy-1', 'FRAUD_SUSPICION_CONFIRMED', 12)]],
  ['a delivery with an unknown status', 202, () => [ident('privacy-2', canaries.custom, 9)]],
  [
    'a delivery with an unreadable time',
    202,
    () => {
      const body = ident('privacy-3', 'SUCCESS', 9);
      return [
        {
          ...body,
          identificationprocess: { ...body.identificationprocess, identificationtime: canaries.custom },
        },
      ];
    },
  ],
  ['a delivery with an unknown shape', 202, () => [{ person: canaries }]],
  ['a body that is not JSON', 400, () => [`{"name":"${canaries.lastname}",,}`]],
  ['a body that is too large', 413, () => [canaries.lastname.repeat(120_000)]],
  ['a request with a wrong password', 401, () => [ident('privacy-4', 'SUCCESS', 9), { headers: wrong }]],
  [
    'a request to a path that does not exist',
    404,
    () => [ident('privacy-4', 'SUCCESS', 9), { path: `/webhooks/${canaries.lastname}` }],
  ],
  ['a request with a wrong method', 405, () => [ident('privacy-4', 'SUCCESS', 9), { method: 'PUT' }]],
  ['a delivery that cannot be written', 503, () => [ident('privacy-5', 'SUCCESS', 9)], 'dynamodb'],
  [
    'a delivery whose large body cannot be written',
    503,
    () => [{ ...ident('privacy-6', 'SUCCESS', 9), customdata: { custom1: canaries.custom.repeat(20_000) } }],
    's3',
  ],
];

test.each(paths)(
  'the answer to %s has the status %d and no personal data or secrets',
  async (_name, status, send, refuses) => {
    // Prepare
    if (refuses) proxies.refuse(({ service, caller }) => service === refuses && caller.includes('receive'));
    // Act
    const answer = await sut.post(...send());
    // Assess
    expect(answer.status).toBe(status);
    expectNoTraces(answer);
  },
);

test('no log and no metric contains personal data or secrets of a delivery', async () => {
  // Prepare: wait until the receiver, the relay and the fetcher have written logs.
  await sut.events.receive('idnow:democompany:privacy-1', 2);
  const waitForAll = () => {
    for (const name of ['receive-idnow', 'relay-events', 'fetch-idnow-evidence'])
      expect(sut.logs.some((line) => line.startsWith(`idv-webhooks-local-${name} `))).toBe(true);
  };
  // The simulator does not know these idents, so the fetcher requests each ident several times before the job ends.
  await eventually(waitForAll, { timeoutMs: 60_000 });
  // Assess
  const logs = sut.logs.join('\n');
  for (const metric of ['Accepted', 'Duplicate', 'Stale', 'Quarantined', 'Refused', 'Failed'])
    expect(logs).toContain(`Deliveries${metric}`);
  expect(logs).toContain('UnknownReasons');
  for (const trace of traces) expect(logs).not.toContain(trace);
});
