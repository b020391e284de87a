import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOpenCaseCommand } from '../../local/operations/open-case-command.ts';
import { runReconcileCommand } from '../../local/operations/reconcile-command.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import {
  type IdnowSimulator,
  startIdnowSimulator,
} from '../../local/simulators/idnow/start-idnow-simulator.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const accounts = [
  { companyId: 'bank-de', apiKey: 'a-key-of-germany' },
  { companyId: 'bank-ch', apiKey: 'a-key-of-switzerland' },
] as const;
const [german, swiss] = accounts;

let germany: IdnowSimulator;
let switzerland: IdnowSimulator;
let sut: SystemUnderTest;

beforeAll(async () => {
  // Each gateway knows only its own account, so a request to the wrong gateway fails.
  germany = await startIdnowSimulator({ accounts: [german] });
  switzerland = await startIdnowSimulator({ accounts: [swiss] });
  sut = await startSystemUnderTest({
    idnow: {
      apiUrl: germany.url,
      sourceIps: ['127.0.0.2/32'],
      gateways: [{ apiUrl: switzerland.url, companyIds: [swiss.companyId], sourceIps: ['127.0.0.1/32'] }],
      accounts: [...accounts],
    },
  });
});
afterAll(async () => {
  await sut?.stop();
  await germany?.stop();
  await switzerland?.stop();
});

test.each([
  ['German', german, () => germany],
  ['Swiss', swiss, () => switzerland],
] as const)(
  'the evidence of a case of the %s account comes from the gateway of the account',
  async (_country, { companyId }, gateway) => {
    // Prepare
    const ident = makeIdent({
      companyId,
      transactionNumber: 'TXN-1',
      state: 'SUCCESS',
      time: new Date('2026-11-28T10:00:00Z'),
    });
    gateway().put(ident);

    // Act
    expect((await sut.post(ident)).status).toBe(200);

    // Assess
    const events = await sut.events.receive(`idnow:${companyId}:txn-1`, 2, 60_000);
    expect(events.map(({ type }) => type)).toEqual([
      'idv.verification.decided.v1',
      'idv.evidence.archived.v1',
    ]);
  },
);

test.each([
  ['German', german, () => germany],
  ['Swiss', swiss, () => switzerland],
] as const)(
  'a case of the %s account is opened at the gateway of the account',
  async (_country, account, gateway) => {
    const out: string[] = [];
    const { port } = new URL(sut.system.stack.url);
    const args = ['idnow', 'case-1', '--company', account.companyId, '--port', port];

    const code = await runOpenCaseCommand(args, {
      print: (line) => out.push(line),
      complain: () => undefined,
    });

    expect(code).toBe(0);
    expect(new URL(JSON.parse(out.join('\n')).link).host).toBe(new URL(gateway().url).host);
  },
);

test('reconcile asks the gateway of each account for the idents of this account', async () => {
  // Prepare
  for (const [gateway, { companyId }] of [
    [germany, german],
    [switzerland, swiss],
  ] as const)
    gateway.put(
      makeIdent({ companyId, transactionNumber: 'never-heard-of', state: 'SUCCESS', time: new Date() }),
    );
  const out: string[] = [];
  const err: string[] = [];
  const { port } = new URL(sut.system.stack.url);

  // Act
  const code = await runReconcileCommand(
    ['--provider', 'idnow', '--since', '1h', '--dry-run', '--port', port],
    { print: (line) => out.push(line), complain: (line) => err.push(line) },
  );

  // Assess
  expect({ code, err }).toEqual({ code: 0, err: [] });
  expect(out).toEqual(
    expect.arrayContaining(
      accounts.map(
        ({ companyId }) =>
          `idnow:${companyId}:never-heard-of  unknown → SUCCESS (approved)  would be recorded`,
      ),
    ),
  );
});
