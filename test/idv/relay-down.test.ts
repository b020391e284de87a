import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { type FaultyProxy, faultyProxy } from '../support/faulty-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
let proxy: FaultyProxy;
beforeAll(async () => {
  proxy = faultyProxy();
  sut = await startSystemUnderTest({
    // The proxy fails calls to SQS. Calls to the other services take the direct way, which costs less.
    interceptEndpoint: async (service, url) => (service === 'sqs' ? proxy.intercept(service, url) : url),
  });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await sut?.stop();
  await proxy?.stop();
});

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;
const cases = ['a', 'b', 'c'];

/** Sends one statement of each case. The last one is final, so that no lookup of an open case is due later. */
async function deliver(minute: number) {
  for (const transactionNumber of cases) {
    const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
    const state = minute === 4 ? 'SUCCESS' : 'CHECK_PENDING';
    const ident = makeIdent({ companyId, transactionNumber, state, time });
    sut.simulator.put(ident);
    expect((await sut.post(ident)).body).toMatchObject({ status: 'accepted', sequence: minute });
  }
}

/** Sets the clock of the operator and of the pollers forward. Timers run as before. */
function shiftClock(minutes: number) {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: Date.now() + minutes * 60_000 });
}

test('the relay is down for two hours and nothing is lost', { timeout: 240_000 }, async () => {
  // Prepare
  expect((await idv(sut, 'doctor')).out).toContain('local is healthy');

  // Act: the relay reaches no queue while the cases go on.
  const relay = 'local-idv-webhooks-local-relay-events';
  proxy.judge = ({ service, caller }) => (service === 'sqs' && caller === relay ? 'refuse' : 'pass');
  await deliver(1);
  await deliver(2);
  await eventually(() => expect(sut.logs.join('\n')).toMatch(/"WritesNotRelayed":[1-9]/));
  shiftClock(60);
  await deliver(3);
  shiftClock(61);
  await deliver(4);
  const sick = await idv(sut, 'doctor');

  // Assess: the doctor shows the lag.
  expect(sick.out).toMatch(/urgent {2}Writes wait for the relay for 2 h \d+ min/);
  expect(sick.out).toContain('Nothing is lost');
  expect(sick.out).toContain('docs/runbook.md#events-are-late');
  expect(sick.code).toBe(1);

  // The relay works again: every event arrives once and in order, and the doctor is content.
  proxy.judge = undefined;
  for (const each of cases) {
    const events = await sut.events.receive(idOf(each), 5, 100_000);
    expect(events.map(({ data }) => data.sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)?.type).toBe('idv.evidence.archived.v1');
  }
  await eventually(async () => expect((await idv(sut, 'doctor')).out).toContain('local is healthy'));
});
