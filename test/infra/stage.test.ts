import { expect, test } from 'vitest';
import { parseStage } from '../../infra/stage.ts';
import { stages } from '../../infra/stages.ts';
import { ProviderName } from '../../shared/contract/provider-name.ts';
import { id360StageSection } from '../../shared/providers/id360/stage.ts';
import { idnowStageSection } from '../../shared/providers/idnow/stage.ts';
import { providerStageSections } from '../../shared/providers/providers.ts';
import { liveStage, testStage } from './synthesized.ts';

const { idnow, id360, datakeen } = liveStage;

const defaultsOfLive = {
  bucketProtection: { lock: null, coldStorageAfterDays: 90 },
  network: undefined,
  monitoring: { canary: false, silentAfterHours: {} },
};

/** Parses a stage. Returns the deployment settings of its IDnow section. */
const idnowIn = (stage: unknown) =>
  parseStage(stage).providers.find(({ name }) => name === 'idnow')?.deployment;

test.each(stages.map((stage) => [stage.name, stage] as const))(
  'the stage %s in infra/stages.ts is valid',
  (_name, stage) => {
    expect(parseStage(stage).retentionDays).toBe(stage.live ? 1827 : 30);
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
  ['a network that contains an address of the set', '52.30.0.0/16'],
  ['the network of all addresses', '0.0.0.0/0'],
  ['an address of the set, mapped to IPv6', '::ffff:52.30.27.5/128'],
])("a live stage refuses the source addresses of IDnow's test environment: %s", (_title, entry) => {
  const stage = { ...liveStage, idnow: { ...idnow, sourceIps: ['live-de', entry] } };
  expect(() => parseStage(stage)).toThrow(/test environment/);
});

test.each([
  ['live', liveStage, ['live-de', 'live-ch', '203.0.113.0/24', '2001:db8::/32']],
  ['test', testStage, ['test', 'test-ch', 'live-de']],
])('a %s stage accepts valid source addresses of IDnow', (_title, stage, sourceIps) => {
  expect(idnowIn({ ...stage, idnow: { ...idnow, sourceIps } })?.receiver).toMatchObject({
    IDNOW_SOURCE_IPS: JSON.stringify(sourceIps),
  });
});

test.each([
  ['an unknown setting of the stage', { ...liveStage, retentionDay: 30 }, /retentionDay/],
  ['an unknown setting of IDnow', { ...liveStage, idnow: { ...idnow, unpackZips: true } }, /unpackZips/],
  ['an unknown setting of ID360', { ...liveStage, id360: { ...id360, apiURL: 'x' } }, /apiURL/],
  [
    'an API of ID360 that is not a URL',
    { ...liveStage, id360: { apiUrl: 'id360docaposte.com' } },
    /id360\.apiUrl/,
  ],
  [
    'an API URL with another scheme than HTTP',
    { ...liveStage, id360: { apiUrl: 'localhost:9002' } },
    /id360\.apiUrl/,
  ],
  ['an unknown setting of Datakeen', { ...liveStage, datakeen: { ...datakeen, scheme: 'Basic' } }, /scheme/],
  [
    'an unknown authorization scheme of Datakeen',
    { ...liveStage, datakeen: { ...datakeen, authorizationScheme: 'Token' } },
    /datakeen\.authorizationScheme/,
  ],
  [
    'a back-office reference that a signed URL cannot contain',
    { ...liveStage, datakeen: { ...datakeen, newStatusFrom: { reference: 'back office' } } },
    /datakeen\.newStatusFrom/,
  ],
  [
    'a Datakeen section without newStatusFrom',
    { ...liveStage, datakeen: { ...datakeen, newStatusFrom: undefined } },
    /datakeen\.newStatusFrom/,
  ],
  [
    'a live stage that trusts newStatus from every URL',
    { ...liveStage, datakeen: { ...datakeen, newStatusFrom: 'every-url' } },
    /newStatusFrom.*no-url.*reference/,
  ],
  ...['https://elsewhere.example/x', '//elsewhere.example/x', 'HTTP://elsewhere.example', ''].map(
    (pdfPath): [string, unknown, RegExp] => [
      `the path "${pdfPath}" of an ID360 file`,
      { ...liveStage, id360: { ...id360, pdfPath } },
      /id360\.pdfPath/,
    ],
  ),
  ['an invalid stack name', { ...liveStage, name: 'Live_1' }, /name/],
  ['a retention of zero days', { ...liveStage, retentionDays: 0 }, /retentionDays/],
  [
    'an API of IDnow that is not a URL',
    { ...liveStage, idnow: { ...idnow, apiUrl: 'gateway.idnow.de' } },
    /apiUrl/,
  ],
  ...[1, 1001, 2.5].map((evidenceConcurrency): [string, unknown, RegExp] => [
    `the concurrency ${evidenceConcurrency}, which SQS does not allow`,
    { ...liveStage, idnow: { ...idnow, evidenceConcurrency } },
    /idnow\.evidenceConcurrency/,
  ]),
  ['a stage without the setting live', { ...liveStage, live: undefined }, /live/],
])('parseStage refuses %s, and names the setting in its error', (_title, stage, named) => {
  expect(() => parseStage(stage)).toThrow(named);
});

test('parseStage refuses a stage without a provider, and lists the providers', () => {
  expect(() => parseStage({ name: 'live', live: true })).toThrow(
    'a stage serves at least one provider: idnow, id360, datakeen',
  );
});

test.each(Object.keys(providerStageSections))('%s is a valid provider name in events', (name) => {
  expect(ProviderName.parse(name)).toBe(name);
});

test('parseStage refuses the section of a provider that is not in its list of providers', () => {
  const input = { name: 'test', live: false, id360: { apiUrl: 'https://id360.example' } };

  expect(parseStage(input, { id360: id360StageSection }).providers.map(({ name }) => name)).toEqual([
    'id360',
  ]);
  expect(() => parseStage(input, { idnow: idnowStageSection })).toThrow(/Unrecognized key: "id360"/);
});

test('a stage with only ID360 is valid and gets default values', () => {
  const stage = { name: 'live', live: true, id360: { apiUrl: 'https://id360docaposte.com' } };

  const { providers: staged, ...settings } = parseStage(stage);
  expect(settings).toEqual({ ...defaultsOfLive, name: 'live', live: true, retentionDays: 1827 });
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

test('a stage with only Datakeen is valid and gets default values', () => {
  const section = { apiUrl: 'https://app.datakeen.co', newStatusFrom: 'no-url' };
  const stage = { name: 'live', live: true, datakeen: section };

  const { providers: staged, ...settings } = parseStage(stage);
  expect(settings).toEqual({ ...defaultsOfLive, name: 'live', live: true, retentionDays: 1827 });
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
])('parseStage refuses an invalid source network of %s', (_name, section) => {
  expect(() => parseStage({ ...liveStage, ...section })).toThrow('203.0.113.0/33');
});

test("parseStage refuses an unknown name among IDnow's source addresses", () => {
  for (const stage of [liveStage, testStage]) {
    const misspelt = { ...stage, idnow: { ...idnow, sourceIps: ['live-at'] } };
    expect(() => parseStage(misspelt)).toThrow(/live-at/);
  }
});

test.each([
  ['live', liveStage, 1827],
  ['test', testStage, 30],
])('a %s stage without retentionDays keeps cases for the default time', (_title, stage, days) => {
  expect(parseStage(stage).retentionDays).toBe(days);
});

test('the default retention of a live stage is at least five years, wherever the leap years are', () => {
  for (const year of [2027, 2028, 2029, 2030]) {
    const days = (Date.UTC(year + 5, 0, 1) - Date.UTC(year, 0, 1)) / (24 * 3600 * 1000);
    expect(parseStage(liveStage).retentionDays).toBeGreaterThanOrEqual(days);
  }
});

test.each([
  ['idnow', 7],
  ['id360', 6],
  ['datakeen', 3],
] as const)(
  'parseStage refuses a retention shorter than the evidence deadline of %s: %i days',
  (name, days) => {
    const stage = (retentionDays: number) => ({
      name: 'live',
      live: true,
      retentionDays,
      [name]: liveStage[name],
    });
    expect(parseStage(stage(days)).retentionDays).toBe(days);
    expect(() => parseStage(stage(days - 1))).toThrow(
      `stage: retentionDays ${days - 1} is too short, because evidence of ${name} may arrive for ${days} days: set retentionDays to ${days} or more`,
    );
  },
);
