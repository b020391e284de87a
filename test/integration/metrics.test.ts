import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { metrics } from '../../shared/platform/metrics.ts';
import { eventually } from '../support/eventually.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const MetricsLine = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.literal('IdvWebhooks'),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ]),
  }),
  stage: z.literal('local'),
  provider: z.string().optional(),
});
type MetricsLine = z.infer<typeof MetricsLine>;

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

/** All lines of metrics that the functions have written. Each line has the fields that CloudWatch needs. */
function metricsLines(): MetricsLine[] {
  return sut.logs
    .filter((line) => line.includes('"_aws"'))
    .map((line) => MetricsLine.parse(JSON.parse(line.slice(line.indexOf('{')))));
}

/** All values of a metric of a provider; without a provider, those that belong to none. */
function valuesOf(name: keyof typeof metrics, provider?: string): number[] {
  return metricsLines()
    .filter((line) => line.provider === provider && name in line)
    .map((line) => Number(line[name]));
}

const ident = (transactionNumber: string) =>
  makeIdent({ companyId, transactionNumber, state: 'SUCCESS', time: new Date(Date.UTC(2026, 10, 22, 10)) });

test('a case that is archived writes the metrics of its receiver, its relay and its fetcher', async () => {
  sut.simulator.put(ident('TXN-metrics'));
  await sut.post(ident('TXN-metrics'));
  await sut.events.receive(`idnow:${companyId}:txn-metrics`, 2);

  await eventually(() => expect(valuesOf('EvidenceArchived', 'idnow')).toEqual([1]));
  expect(valuesOf('DeliveriesAccepted', 'idnow')).toEqual([1]);
  const [answer = 0] = valuesOf('AnswerSeconds', 'idnow');
  expect(answer).toBeGreaterThan(0);
  expect(answer).toBeLessThan(20);
  const [age = 0] = valuesOf('EvidenceAgeSeconds', 'idnow');
  expect(age).toBeGreaterThan(0);
  expect(age).toBeLessThan(60);
  const lags = valuesOf('RelayLagSeconds', 'idnow');
  expect(lags.length).toBeGreaterThan(0);
  // A lag in milliseconds, or one that counts from 1970, would be far above this limit.
  for (const lag of lags) expect(lag).toBeLessThan(60);
});

test('the open quarantine is counted per provider, also if it is empty', async () => {
  const { functions } = sut.system.stack;
  const count = () => functions['idv-webhooks-local-count-open-quarantine']?.invoke({});
  await sut.post('not JSON');
  await sut.post({ a: 'shape that nobody knows' });

  expect((await count())?.kind).toBe('succeeded');

  await eventually(() => {
    expect(valuesOf('QuarantineOpen', 'idnow')).toEqual([2]);
    expect(valuesOf('QuarantineOpen', 'id360')).toEqual([0]);
    expect(valuesOf('QuarantineOpen', 'datakeen')).toEqual([0]);
  });
});

test('a refused delivery is counted by its reason', async () => {
  await sut.post(ident('TXN-refused'), { headers: {} });

  await eventually(() => expect(valuesOf('DeliveriesRefusedCredential', 'idnow')).toEqual([1]));
});

test('every metric that a function writes is in the table, with its unit and its dimensions', () => {
  const written = metricsLines().flatMap(
    ({
      provider,
      _aws: {
        CloudWatchMetrics: [directive],
      },
    }) => directive.Metrics.map(({ Name, Unit }) => ({ Name, Unit, provider, sets: directive.Dimensions })),
  );
  expect(written.length).toBeGreaterThan(10);
  const table = new Map<string, (typeof metrics)[keyof typeof metrics]>(Object.entries(metrics));
  for (const { Name, Unit, provider, sets } of written) {
    const metric = table.get(Name);
    expect(metric?.unit, Name).toBe(Unit);
    const ofProvider = provider === undefined ? [] : [['stage', 'provider']];
    const expected = { provider: ofProvider, stage: [['stage']], both: [...ofProvider, ['stage']] };
    expect(sets, Name).toEqual(expected[metric?.per ?? 'provider']);
  }
});
