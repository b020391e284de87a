import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { startDatakeenSimulator } from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import { startId360Simulator } from '../../local/simulators/id360/start-id360-simulator.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { startIdnowSimulator } from '../../local/simulators/idnow/start-idnow-simulator.ts';
import * as datakeenAccount from '../support/datakeen-under-test.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import * as id360Account from '../support/id360-under-test.ts';
import { providerNames } from '../support/provider-names.ts';
import { type ProviderProxy, providerProxy } from '../support/provider-proxy.ts';
import {
  type Answer,
  companyId,
  type SystemUnderTest,
  startSystemUnderTest,
} from '../support/system-under-test.ts';

/** One provider in this test: the proxy of its API, and a function that sends the webhook of an approved case. */
interface ProviderUnderTest {
  readonly api: ProviderProxy;
  /** The number of events that one case publishes. The last of them reports the archived evidence. */
  readonly events: number;
  /** Stores a case in the provider's simulator and sends the case's webhook. @returns the verification's id */
  deliver(number: number): Promise<string>;
}

let sut: SystemUnderTest;
type Name = (typeof providerNames)[number];
let providers: Record<Name, ProviderUnderTest>;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const accounts = [{ companyId, apiKey: 'a-test-api-key' }];
  const idnow = await startIdnowSimulator({ accounts });
  const id360 = await startId360Simulator(id360Account.account);
  const datakeen = await startDatakeenSimulator(datakeenAccount.account);
  const apis = {
    idnow: await providerProxy(idnow.url),
    id360: await providerProxy(id360.url),
    datakeen: await providerProxy(datakeen.url),
  };
  sut = await startSystemUnderTest({
    mostInstances: 2,
    idnow: { apiUrl: apis.idnow.url, accounts },
    id360: {
      ...id360Account.account,
      apiUrl: apis.id360.url,
      callbackHeader: {
        name: id360Account.callbackHeader.name,
        values: [...id360Account.callbackHeader.values],
      },
      urlSecrets: [],
      sourceIps: [],
      idclaimPath: null,
      pdfPath: null,
    },
    datakeen: {
      ...datakeenAccount.account,
      apiUrl: apis.datakeen.url,
      authorizationScheme: 'Basic',
      urlSecrets: [...datakeenAccount.urlSecrets],
      sourceIps: [],
      newStatusFrom: 'every-url',
    },
  });
  stops.push(() => sut.stop());
  stops.push(...[...Object.values(apis), idnow, id360, datakeen].map((each) => () => each.stop()));

  const accepted = async (answer: Promise<Answer>) =>
    expect((await answer).body).toMatchObject({ status: 'accepted' });
  providers = {
    idnow: {
      api: apis.idnow,
      events: 2,
      async deliver(number) {
        const transactionNumber = `txn-${number}`;
        const time = new Date(Date.UTC(2026, 10, 22, 10));
        const ident = makeIdent({ companyId, transactionNumber, state: 'SUCCESS', time });
        idnow.put(ident);
        await accepted(sut.post(ident));
        return `idnow:${companyId}:${transactionNumber}`;
      },
    },
    id360: {
      api: apis.id360,
      events: 2,
      async deliver(number) {
        const id = 60_000 + number;
        id360.put(makeId360Report({ id, status: 'OK', documents: ['selfie'] }));
        const options = { path: '/webhooks/id360', headers: id360Account.token };
        await accepted(sut.post(makeId360Callback({ id, status: 'OK' }), options));
        return `id360:${id}`;
      },
    },
    datakeen: {
      api: apis.datakeen,
      events: 3,
      async deliver(number) {
        const sessionId = `session-${number}`;
        datakeen.put(makeDatakeenSession({ sessionId }));
        const options = { path: datakeenAccount.signedPath(`case-${number}`), headers: {} };
        await accepted(sut.post({ sessionId }, options));
        return `datakeen:${sessionId}`;
      },
    },
  };
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

/**
 * The deadline is far below the delay that a shared queue would cause. In a shared queue, four jobs run at a time, so the
 * 15 hung jobs would delay other jobs by four time-outs.
 */
const shortDeadlineMs = 15_000;

let cases = 0;

/** Sends the webhook of one case per provider. @returns the milliseconds until all cases are decided and archived */
async function archiveOneCaseOf(names: readonly Name[], deadlineMs: number): Promise<number> {
  const begin = performance.now();
  const delivered = names.map(async (name) => ({ name, id: await providers[name].deliver(++cases) }));
  for (const { name, id } of await Promise.all(delivered)) await expectArchived(name, id, deadlineMs);
  return performance.now() - begin;
}

async function expectArchived(name: Name, verificationId: string, deadlineMs: number): Promise<void> {
  const events = await sut.events.receive(verificationId, providers[name].events, deadlineMs);
  expect(events.at(-1), `the last event of ${verificationId}`).toMatchObject({
    type: 'idv.evidence.archived.v1',
    data: { phase: 'completed', outcome: 'approved', finality: 'final' },
  });
}

test.each(providerNames)(
  '15 jobs of %s whose API never answers do not delay decisions and evidence of the other providers',
  async (hanging) => {
    // Prepare
    const others = providerNames.filter((name) => name !== hanging);
    // Log in at every provider first. Otherwise, the jobs would wait for a login instead of hanging at the API.
    const undisturbedMs = await archiveOneCaseOf(providerNames, 60_000);
    const deadlineMs = Math.max(5 * undisturbedMs, shortDeadlineMs);
    const { api, deliver } = providers[hanging];
    const hang = api.hang();
    const hungIds = await Promise.all(Array.from({ length: 15 }, () => deliver(++cases)));
    await eventually(() => expect(hang.hanging()).toBeGreaterThan(0));
    const { openJobs } = evidenceOf(sut, hanging);
    await eventually(async () => expect(await openJobs()).toBe(15));

    // Act
    const disturbedMs = await archiveOneCaseOf(others, deadlineMs);

    // Assess
    expect(await openJobs()).toBe(15);
    expect(disturbedMs).toBeLessThan(deadlineMs);
    hang.release();
    for (const id of hungIds) await expectArchived(hanging, id, 60_000);
    expect(await evidenceOf(sut, hanging).deadLetters()).toEqual([]);
  },
  180_000,
);
