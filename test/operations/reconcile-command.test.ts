import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runReconcileCommand } from '../../local/operations/reconcile-command.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import type { IdentState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { type CasesUnderTest, callbackHeader, startCasesUnderTest } from '../cases/cases-under-test.ts';
import { companyId } from '../support/system-under-test.ts';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await startCasesUnderTest();
});
afterAll(() => cases?.stop());

async function reconcile(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const { port } = new URL(cases.sut.system.stack.url);
  const terminal = {
    print: (line: string) => out.push(line),
    complain: (line: string) => err.push(line),
  };
  const code = await runReconcileCommand([...args, '--port', port], terminal, 0.01);
  return { code, out, err };
}

const identOf = (transactionNumber: string, state: IdentState, time = new Date()) =>
  makeIdent({ companyId, transactionNumber, state, time });
const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;
const day = 24 * 3600_000;

describe('IDnow', () => {
  test('reconcile finds a case that we never heard of; a dry run applies nothing, and a second run finds nothing', async () => {
    cases.idnow.put(identOf('never-heard-of', 'SUCCESS'));
    const line = `${idOf('never-heard-of')}  unknown → SUCCESS (approved)  `;

    const dry = await reconcile('--provider', 'idnow', '--since', '24h', '--dry-run');
    expect(dry).toEqual({
      code: 0,
      out: [`${line}would be recorded`, '1 cases compared, 1 differ; nothing was applied'],
      err: [],
    });
    const applied = await reconcile('--provider', 'idnow', '--since', '24h');
    expect(applied.out).toEqual([`${line}recorded as event 1`, '1 cases compared, 1 differ']);

    const events = await cases.sut.events.receive(idOf('never-heard-of'), 2);
    expect(events.map(({ type }) => type)).toEqual([
      'idv.verification.decided.v1',
      'idv.evidence.archived.v1',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'approved', evidence: { status: 'archived' } });
    const again = await reconcile('--provider', 'idnow', '--since', '24h');
    expect(again.out).toEqual(['1 cases compared, 0 differ']);
  });

  test('reconcile finds lost finals, revisions and aborts, but not unknown idents from before --since', async () => {
    const started = new Date(Date.now() - 3600_000);
    cases.idnow.put(identOf('revised', 'SUCCESS', started));
    for (const each of ['lost', 'revised', 'old-and-open'] as const)
      await cases.sut.post(identOf(each, each === 'revised' ? 'SUCCESS' : 'START', started));
    // If the evidence job of `revised` ran later, it would find the revision itself.
    await cases.sut.events.receive(idOf('revised'), 2);
    cases.idnow.put(identOf('lost', 'FRAUD_SUSPICION_CONFIRMED'));
    cases.idnow.put(identOf('revised', 'FRAUD_SUSPICION_CONFIRMED'));
    cases.idnow.put(identOf('aborted', 'ABORTED'));
    cases.idnow.put(identOf('old', 'SUCCESS', new Date(Date.now() - 2 * day)));
    cases.idnow.put(identOf('old-and-open', 'SUCCESS', new Date(Date.now() - 2 * day)));

    const { out } = await reconcile('--provider', 'idnow', '--since', '24h', '--dry-run');
    expect(out.toSorted()).toEqual(
      [
        `${idOf('aborted')}  unknown → ABORTED (abandoned)  would be recorded`,
        `${idOf('lost')}  STARTED → FRAUD_SUSPICION_CONFIRMED (declined)  would be recorded`,
        `${idOf('revised')}  SUCCESS → FRAUD_SUSPICION_CONFIRMED (declined)  would be recorded`,
        `${idOf('old-and-open')}  STARTED → SUCCESS (approved)  would be recorded`,
        expect.stringMatching(/ cases compared, 4 differ; nothing was applied$/),
      ].toSorted(),
    );
  });
});

test('reconcile reads lists with more idents than a webhook may have', async () => {
  for (let index = 0; index < 120; index++) cases.idnow.put(identOf(`many-${index}`, 'SUCCESS'));
  const { out, err } = await reconcile('--provider', 'idnow', '--since', '10m', '--dry-run');
  expect(out.filter((line) => line.includes(':many-'))).toHaveLength(120);
  expect(err).toEqual([]);
});

test('ID360 has no list, so reconcile looks up the open cases', async () => {
  const headers = { [callbackHeader.name]: callbackHeader.values[0] ?? '' };
  const callback = makeId360Callback({ id: 70_001, status: 'STARTED' });
  expect((await cases.sut.post(callback, { path: '/webhooks/id360', headers })).status).toBe(200);
  cases.id360.put(makeId360Report({ id: 70_001, status: 'KO' }));

  // The simulator has no report ready for the first request.
  expect((await reconcile('--provider', 'id360', '--since', '24h')).out).toEqual([
    '1 cases compared, 0 differ',
  ]);
  expect((await reconcile('--provider', 'id360', '--since', '24h')).out).toEqual([
    'id360:70001  STARTED → a result exists  recorded as event 2',
    '1 cases compared, 1 differ',
  ]);
  const events = await cases.sut.events.receiveUntil('id360:70001', (all) =>
    all.some(({ type }) => type === 'idv.evidence.archived.v1'),
  );
  expect(events.at(-1)?.data).toMatchObject({ outcome: 'declined', finality: 'final' });
});

test('a case that cannot be looked up is reported, and the exit code is 1', async () => {
  const headers = { [callbackHeader.name]: callbackHeader.values[0] ?? '' };
  const callback = makeId360Callback({ id: 70_002, status: 'STARTED' });
  await cases.sut.post(callback, { path: '/webhooks/id360', headers });
  cases.id360.failNext('report', { status: 500 });

  const { code, err } = await reconcile('--provider', 'id360', '--since', '24h');
  expect({ code, err }).toEqual({ code: 1, err: ['id360:70002  GET report: answered 500'] });
});

test('a throttled lookup is repeated after the pause that the provider asks for', async () => {
  cases.id360.failNext('report', { status: 429, headers: { 'retry-after': '0' } });
  const { code, out } = await reconcile('--provider', 'id360', '--since', '24h');
  expect({ code, out }).toEqual({ code: 0, out: ['1 cases compared, 0 differ'] });
});

test.each([
  [[], 'Usage: npm run reconcile'],
  [['--provider', 'idnow'], 'Usage: npm run reconcile'],
  [['--provider', '__proto__', '--since', '1h'], 'has no provider __proto__'],
  [['--provider', 'acme', '--since', '1h'], 'has no provider acme: use idnow, id360, datakeen'],
  [['--provider', 'idnow', '--since', '1w'], '--since 1w: not a time such as 90m, 24h or 30d'],
])('the arguments %j are refused with an explanation', async (args, why) => {
  const { code, err } = await reconcile(...args);
  expect(code).toBe(2);
  expect(err.join('\n')).toContain(why);
});
