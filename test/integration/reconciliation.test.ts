import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScenarioRun } from '../../local/simulators/new-run.ts';
import { playScenario } from '../../local/simulators/play-scenario.ts';
import { buildWebhookUrlAndCredentials } from '../../local/simulators/provider-simulation.ts';
import { makeOwnTransition } from '../../shared/providers/case-adapter.ts';
import { findOpenCases } from '../../shared/verifications/open-case-index.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import { eventually } from '../support/eventually.ts';
import { simulationOf, verificationIdOf } from '../support/play-scenarios.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const hour = 3600_000;
const day = 24 * hour;

let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  sut = await startSystemUnderTest();
  ({ dynamodb } = sut);
});
afterAll(async () => {
  await sut?.stop();
});

/** Runs the schedule of a provider's lookups as it will run after some time. */
async function requestLookups(provider: string, afterMs: number): Promise<void> {
  const { functions } = sut.system.stack;
  const time = new Date(Date.now() + afterMs).toISOString();
  const result = await functions[`idv-webhooks-local-request-${provider}-lookups`]?.invoke({ time });
  expect(result?.kind).toBe('succeeded');
}

/** Registers a case that we have opened at the provider, as `open-case` does. */
async function registerCase(provider: string, verificationId: string): Promise<void> {
  const { outputs } = sut.system.stack;
  const store = createDynamoVerificationStore(dynamodb, outputs.VerificationsTableName ?? '', 30 * 24 * 3600);
  const of = { provider, verificationId, source: `/providers/${provider}`, reference: 'case-7' };
  const created = { phase: 'created', outcome: null, finality: 'provisional', flags: [], rank: 0 } as const;
  await recordTransition(store, {
    transition: makeOwnTransition({ ...of, providerStatus: '' }, created),
    receivedAt: new Date().toISOString(),
    writeId: crypto.randomUUID(),
    delivery: null,
  });
}

function countOpenCases(provider: string): Promise<number> {
  const table = sut.system.stack.outputs.VerificationsTableName ?? '';
  return findOpenCases({ dynamodb, table, provider, dueAt: null, limit: 100 }).then(({ length }) => length);
}

/** Waits until a lookup of the case has ended. Each call waits for one more lookup. */
async function lookedUp(verificationId: string): Promise<void> {
  const count = (lookups.get(verificationId) ?? 0) + 1;
  lookups.set(verificationId, count);
  await eventually(() => {
    const ended = sut.logs.filter((line) => line.includes('case looked up') && line.includes(verificationId));
    expect(ended).toHaveLength(count);
  });
}
const lookups = new Map<string, number>();

/** Plays the scenario LOST_FINAL of a provider. @returns the id of its verification */
async function playLostFinal(provider: string): Promise<string> {
  const simulation = simulationOf(provider);
  const scenario = simulation.scenarios.find(({ name }) => name === 'LOST_FINAL');
  const { simulator, config } = sut.system.providers[provider] ?? {};
  const access = simulation.readLocalConfig(config);
  const run = createScenarioRun({ account: access.account ?? simulation.defaultAccount });
  const verificationId = verificationIdOf(provider, simulation, run);
  // Datakeen's only webhook is lost, so we know the session only because we have opened it.
  if (provider === 'datakeen') await registerCase(provider, verificationId);
  const target = buildWebhookUrlAndCredentials(access, `${sut.system.stack.url}/webhooks/${provider}`, run);
  const store = provider === 'idnow' ? sut.simulator : simulator;
  if (scenario === undefined || !store) throw new Error(`${provider} cannot lose a webhook`);
  await playScenario({ scenario, run, target, schedule: simulation.schedule, simulator: store });
  return verificationId;
}

/** `ages`: the hours after which the case is looked up. Two simulators have no result ready for the first request. */
describe.each([
  { provider: 'idnow', ages: [0.3], status: 'SUCCESS_DATA_CHANGED', id: 'idnow:democompany:txn-7' },
  { provider: 'id360', ages: [0.3, 1.1], status: 'OK', id: 'id360:70007' },
  { provider: 'datakeen', ages: [1.1, 24.1], status: '', id: `datakeen:${'7'.repeat(24)}` },
])('$provider', ({ provider, ages, status, id }) => {
  test('a FINAL whose webhook is lost is published, and its evidence is archived', async () => {
    const verificationId = await playLostFinal(provider);
    for (const hours of ages) {
      await requestLookups(provider, hours * hour);
      await lookedUp(verificationId);
    }

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

  test('a case that the provider has no data of is overdue after its last lookup, and no longer looked up', async () => {
    await registerCase(provider, id);
    await requestLookups(provider, 100 * day);

    const events = await sut.events.receive(id, 2);
    expect(events.at(-1)).toMatchObject({
      type: 'idv.verification.overdue.v1',
      data: { phase: 'completed', outcome: 'expired', finality: 'provisional', evidence: null },
    });
    expect(sut.logs.join('\n')).toContain('"CasesOverdue":1');
    expect(await countOpenCases(provider)).toBe(0);
  });
});
