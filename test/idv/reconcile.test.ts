import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
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

test('reconcile applies what differs only with --yes, and the audit has it', async () => {
  sut.simulator.put(makeIdent({ companyId, transactionNumber: 'lost', state: 'SUCCESS', time: new Date() }));

  const planned = await reconcile();
  expect(planned).toMatchObject({
    code: 0,
    out: expect.stringContaining(`${id}  unknown → SUCCESS (approved)  would be recorded`),
  });
  expect(await sut.events.receive(id, 0)).toEqual([]);
  expect((await idv(sut, 'audit')).out).toContain('No operator has changed or revealed anything');

  const applied = await reconcile('--yes');
  expect(applied.out).toContain(`${id}  unknown → SUCCESS (approved)  recorded as event 1`);
  await sut.events.receive(id, 2);
  const audit = JSON.parse((await idv(sut, 'audit', '--json')).out);
  expect(audit).toMatchObject([
    {
      action: 'reconcile',
      operator: userInfo().username,
      reason: 'webhooks were lost',
      result: 'idnow since 1h: 1 cases compared, 1 differ',
    },
  ]);
  expect((await idv(sut, 'audit')).out).toMatch(
    / reconcile\n {2}idnow since 1h.*\n {2}by \S+: webhooks were lost/,
  );
  expect(await idv(sut, 'audit', '--month', 'May')).toMatchObject({ code: 2 });
});

test('reconcile without --reason ends with exit code 2 and says so', async () => {
  const { code, err } = await idv(sut, 'reconcile', '--provider', 'idnow', '--since', '1h');
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('--reason') });
});
