import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScenarioRun } from '../../local/simulators/new-run.ts';
import { playScenario } from '../../local/simulators/play-scenario.ts';
import { buildWebhookUrlAndCredentials } from '../../local/simulators/provider-simulation.ts';
import { makeOwnTransition } from '../../shared/providers/case-adapter.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import { simulationOf } from '../support/play-scenarios.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const hour = 3600_000;
const day = 24 * hour;

let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  sut = await startSystemUnderTest();
  const { region, credentials, endpoints } = sut.system.stack;
  dynamodb = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb });
});
afterAll(async () => {
  dynamodb?.destroy();
  await sut?.stop();
});

/** Runs the schedule of a provider's lookups as it will run after some time. */
async function requestLookups(provider: string, afterMs: number): Promise<void> {
  const { functions } = sut.system.stack;
  const time = new Date(Date.now() + afterMs).toISOString();
  const result = await functions[`idv-webhooks-local-request-${provider}-lookups`]?.invoke({ time });
  expect(result?.kind).toBe('succeeded');
}

/** Registers a case that we opened at Datakeen. */
async function registerSession(verificationId: string): Promise<void> {
  const { outputs } = sut.system.stack;
  const store = createDynamoVerificationStore(dynamodb, outputs.VerificationsTableName ?? '', 30 * 24 * 3600);
  const of = { provider: 'datakeen', verificationId, source: '/providers/datakeen', reference: 'case-7' };
  const created = { phase: 'created', outcome: null, finality: 'provisional', flags: [], rank: 0 } as const;
  await recordTransition(store, {
    transition: makeOwnTransition({ ...of, providerStatus: '' }, created),
    receivedAt: new Date().toISOString(),
    writeId: crypto.randomUUID(),
    delivery: null,
  });
}

/** Plays the scenario LOST_FINAL of a provider. @returns the id of its verification */
async function playLostFinal(provider: string): Promise<string> {
  const simulation = simulationOf(provider);
  const scenario = simulation.scenarios.find(({ name }) => name === 'LOST_FINAL');
  const { simulator, config } = sut.system.providers[provider] ?? {};
  const access = simulation.readLocalConfig(config);
  const run = createScenarioRun({ account: access.account ?? simulation.defaultAccount });
  const verificationId = simulation.caseIdOf
    ? `${provider}:${simulation.caseIdOf(run)}`
    : `${provider}:${run.account}:${run.reference.toLowerCase()}`;
  if (provider === 'datakeen') await registerSession(verificationId);
  const target = buildWebhookUrlAndCredentials(access, `${sut.system.stack.url}/webhooks/${provider}`, run);
  const store = provider === 'idnow' ? sut.simulator : simulator;
  if (scenario === undefined || !store) throw new Error(`${provider} cannot lose a webhook`);
  await playScenario({ scenario, run, target, schedule: simulation.schedule, simulator: store });
  return verificationId;
}

describe.each([
  { provider: 'idnow', after: 16 * 60_000, status: 'SUCCESS_DATA_CHANGED' },
  { provider: 'id360', after: 16 * 60_000, status: 'OK' },
  { provider: 'datakeen', after: hour + 60_000, status: '' },
])('$provider', ({ provider, after, status }) => {
  test('a FINAL whose webhook is lost is published, and its evidence is archived', async () => {
    const verificationId = await playLostFinal(provider);
    await requestLookups(provider, after);
    const events = await sut.events.receiveUntil(verificationId, (all) =>
      all.some(({ type }) => type === 'idv.evidence.archived.v1'),
    );
    expect(events.at(-1)?.data).toMatchObject({
      outcome: 'approved',
      finality: 'final',
      providerStatus: status,
      evidence: { status: 'archived' },
      claims: { family_name: expect.any(String) },
    });
    expect(events.map(({ data }) => data.sequence)).toEqual(events.map((_, index) => index + 1));
  });
});
afterAll(() => console.log(sut.logs.filter((l) => /lookup|fetch-(id360|datakeen)/.test(l)).join('\n')));
