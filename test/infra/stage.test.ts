import { expect, test } from 'vitest';
import { parseStage } from '../../infra/stage.ts';
import { stages } from '../../infra/stages.ts';
import { ProviderName } from '../../shared/contract/provider-name.ts';
import { id360Stage } from '../../shared/providers/id360/stage.ts';
import { idnowStage } from '../../shared/providers/idnow/stage.ts';
import { providers } from '../../shared/providers/providers.ts';
import { liveStage, testStage } from './synthesized.ts';

const { idnow, id360, datakeen } = liveStage;

/** What a stage deploys for IDnow. */
const idnowIn = (stage: unknown) =>
  parseStage(stage).providers.find(({ name }) => name === 'idnow')?.deployment;

test.each(stages.map((stage) => [stage.name, stage] as const))(
  'the stage %s of the list is one',
  (_name, stage) => {
    expect(parseStage(stage).retentionDays).toBe(400);
    expect(idnowIn(stage)).toMatchObject({
      receiver: { IDNOW_ARCHIVE_ENDED: 'false' },
      fetcher: { IDNOW_UNPACK_ZIP: 'false' },
    });
  },
);

test.each([
  ['the set', 'test'],
  ['the Swiss set', 'test-ch'],
  ['an address of the set', '52.30.27.5/32'],
  ['the same address without a prefix', '52.30.27.5'],
  ['the other address of the set', '52.48.216.0/32'],
  ['the Swiss address', '52.18.79.87/32'],
  ['a network around one', '52.30.0.0/16'],
  ['everything', '0.0.0.0/0'],
  ['one of them, mapped to IPv6', '::ffff:52.30.27.5/128'],
])('a live stage does not let in IDnow’s test environment by %s', (_title, entry) => {
  const stage = { ...liveStage, idnow: { ...idnow, sourceIps: ['live-de', entry] } };
  expect(() => parseStage(stage)).toThrow(/test environment/);
});

test.each([
  ['live', liveStage, ['live-de', 'live-ch', '203.0.113.0/24', '2001:db8::/32']],
  ['test', testStage, ['test', 'test-ch', 'live-de']],
])('a %s stage takes these', (_title, stage, sourceIps) => {
  expect(idnowIn({ ...stage, idnow: { ...idnow, sourceIps } })?.receiver).toMatchObject({
    IDNOW_SOURCE_IPS: JSON.stringify(sourceIps),
  });
});

test.each([
  ['a setting of the stage', { ...liveStage, retentionDay: 30 }, /retentionDay/],
  ['a setting of IDnow', { ...liveStage, idnow: { ...idnow, unpackZips: true } }, /unpackZips/],
  ['a setting of ID360', { ...liveStage, id360: { ...id360, apiURL: 'x' } }, /apiURL/],
  [
    'an API of ID360 that is no URL',
    { ...liveStage, id360: { apiUrl: 'id360docaposte.com' } },
    /id360\.apiUrl/,
  ],
  ['an API of another scheme', { ...liveStage, id360: { apiUrl: 'localhost:9002' } }, /id360\.apiUrl/],
  ['a setting of Datakeen', { ...liveStage, datakeen: { ...datakeen, scheme: 'Basic' } }, /scheme/],
  [
    'an unknown scheme of Datakeen',
    { ...liveStage, datakeen: { ...datakeen, authorizationScheme: 'Token' } },
    /datakeen\.authorizationScheme/,
  ],
  [
    'a back office’s reference that no URL can carry',
    { ...liveStage, datakeen: { ...datakeen, newStatusFrom: { reference: 'back office' } } },
    /datakeen\.newStatusFrom/,
  ],
  [
    'no word on whose newStatus is believed',
    { ...liveStage, datakeen: { ...datakeen, newStatusFrom: undefined } },
    /datakeen\.newStatusFrom/,
  ],
  [
    'a live stage where everybody who learns a URL decides',
    { ...liveStage, datakeen: { ...datakeen, newStatusFrom: 'every-url' } },
    /newStatusFrom.*no-url.*reference/,
  ],
  ...['https://elsewhere.example/x', '//elsewhere.example/x', 'HTTP://elsewhere.example', ''].map(
    (pdfPath): [string, unknown, RegExp] => [
      `a file of ID360 at ${pdfPath}`,
      { ...liveStage, id360: { ...id360, pdfPath } },
      /id360\.pdfPath/,
    ],
  ),
  ['a name that no stack can have', { ...liveStage, name: 'Live_1' }, /name/],
  ['a retention of nothing', { ...liveStage, retentionDays: 0 }, /retentionDays/],
  ['an API that is no URL', { ...liveStage, idnow: { ...idnow, apiUrl: 'gateway.idnow.de' } }, /apiUrl/],
  ...[1, 1001, 2.5].map((evidenceConcurrency): [string, unknown, RegExp] => [
    `a concurrency that SQS does not take: ${evidenceConcurrency}`,
    { ...liveStage, idnow: { ...idnow, evidenceConcurrency } },
    /idnow\.evidenceConcurrency/,
  ]),
  ['no word on whether it is live', { ...liveStage, live: undefined }, /live/],
])('is refused by name: %s', (_title, stage, named) => {
  expect(() => parseStage(stage)).toThrow(named);
});

test('a stage without a provider is refused, with what is to be added', () => {
  expect(() => parseStage({ name: 'live', live: true })).toThrow(
    'a stage serves at least one provider: idnow, id360, datakeen',
  );
});

test.each(Object.keys(providers))('the name of the provider %s is one that events can have', (name) => {
  expect(ProviderName.parse(name)).toBe(name);
});

test('a stage has the sections of the providers that it is checked against', () => {
  const input = { name: 'test', live: false, id360: { apiUrl: 'https://id360.example' } };

  expect(parseStage(input, { id360: id360Stage }).providers.map(({ name }) => name)).toEqual(['id360']);
  expect(() => parseStage(input, { idnow: idnowStage })).toThrow(/Unrecognized key: "id360"/);
});

test('ID360 alone is a stage, with defaults for what it leaves out', () => {
  const stage = { name: 'live', live: true, id360: { apiUrl: 'https://id360docaposte.com' } };

  const { providers: staged, ...settings } = parseStage(stage);
  expect(settings).toEqual({ name: 'live', live: true, retentionDays: 400 });
  expect(staged).toMatchObject([
    {
      name: 'id360',
      deployment: {
        receiver: { ID360_SOURCE_IPS: '[]' },
        fetcher: {
          ID360_API_URL: 'https://id360docaposte.com',
          ID360_IDCLAIM_PATH: '',
          ID360_PDF_PATH: '',
        },
        evidenceConcurrency: 10,
      },
    },
  ]);
});

test('Datakeen alone is a stage, with defaults for what it leaves out', () => {
  const section = { apiUrl: 'https://app.datakeen.co', newStatusFrom: 'no-url' };
  const stage = { name: 'live', live: true, datakeen: section };

  const { providers: staged, ...settings } = parseStage(stage);
  expect(settings).toEqual({ name: 'live', live: true, retentionDays: 400 });
  expect(staged).toMatchObject([
    {
      name: 'datakeen',
      deployment: {
        receiver: { DATAKEEN_SOURCE_IPS: '[]', DATAKEEN_NEW_STATUS_FROM: '"no-url"' },
        fetcher: {
          DATAKEEN_API_URL: 'https://app.datakeen.co',
          DATAKEEN_AUTHORIZATION_SCHEME: 'Basic',
          DATAKEEN_NEW_STATUS_FROM: '"no-url"',
        },
        evidenceConcurrency: 10,
      },
    },
  ]);
});

test.each([
  ['ID360', { id360: { ...id360, sourceIps: ['203.0.113.0/33'] } }],
  ['Datakeen', { datakeen: { ...datakeen, sourceIps: ['203.0.113.0/33'] } }],
])('a source of %s that is no network is refused before anything is deployed', (_name, section) => {
  expect(() => parseStage({ ...liveStage, ...section })).toThrow('203.0.113.0/33');
});

test('a source that is no network is refused before anything is deployed', () => {
  for (const stage of [liveStage, testStage]) {
    const misspelt = { ...stage, idnow: { ...idnow, sourceIps: ['live-at'] } };
    expect(() => parseStage(misspelt)).toThrow(/live-at/);
  }
});
