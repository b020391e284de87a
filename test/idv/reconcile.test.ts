import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { readAudit } from '../../shared/operations/audit.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

const id = `idnow:${companyId}:lost`;
const reconcile = (...args: string[]) =>
  idv(sut, 'reconcile', '--provider', 'idnow', '--since', '1h', '--reason', 'webhooks were lost', ...args);

async function readActions(): Promise<string[]> {
  const historyTable = sut.system.stack.outputs.HistoryTableName ?? '';
  const audit = await Array.fromAsync(
    readAudit({ aws: { dynamodb: sut.dynamodb }, historyTable }, new Date().toISOString().slice(0, 7)),
  );
  return audit.map(({ action, reason, result }) => `${action} (${reason}): ${result}`);
}

test('reconcile applies what differs only with --yes, and the audit has it', async () => {
  sut.simulator.put(makeIdent({ companyId, transactionNumber: 'lost', state: 'SUCCESS', time: new Date() }));

  const planned = await reconcile();
  expect(planned).toMatchObject({
    code: 0,
    out: expect.stringContaining(`${id}  unknown → SUCCESS (approved)  would be recorded`),
  });
  expect(await sut.events.receive(id, 0)).toEqual([]);
  expect(await readActions()).toEqual([]);

  const applied = await reconcile('--yes');
  expect(applied.out).toContain(`${id}  unknown → SUCCESS (approved)  recorded as event 1`);
  await sut.events.receive(id, 2);
  expect(await readActions()).toEqual([
    'reconcile (webhooks were lost): idnow since 1h: 1 cases compared, 1 differ',
  ]);
});

test('reconcile without --reason ends with exit code 2 and says so', async () => {
  const { code, err } = await idv(sut, 'reconcile', '--provider', 'idnow', '--since', '1h');
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('--reason') });
});
