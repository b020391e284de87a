import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { openQuarantine } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';
import { receiveWithOlderReader } from './older-receiver.ts';
import { readersWithoutSuccess } from './older-version.ts';
import { auditOf } from './stack-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

function identOf(transactionNumber: string, change: Readonly<Record<string, unknown>> = {}) {
  const time = new Date('2026-11-22T10:15:00Z');
  const ident = makeIdent({ companyId, transactionNumber, state: 'SUCCESS', time });
  return { ...ident, identificationprocess: { ...ident.identificationprocess, ...change } };
}

async function quarantined(body: unknown): Promise<string> {
  return Object((await sut.post(body)).body).deliveryId;
}

interface Group {
  readonly cause: string;
  readonly count: number;
  readonly understood: number;
}

async function groupsOf(...args: string[]): Promise<Group[]> {
  return JSON.parse((await idv(sut, 'quarantine', 'list', '--json', ...args)).out);
}

test('the open quarantine is grouped by cause, and says how much of it would be understood now', async () => {
  // Prepare
  const older = await readersWithoutSuccess();
  await receiveWithOlderReader(sut, older, identOf('known-now'), '2026-11-26T08:00:00Z');
  await quarantined(identOf('odd-1', { result: 'SUCCESS_MANUAL' }));
  await quarantined(identOf('odd-2', { result: 'SUCCESS_MANUAL' }));
  await quarantined(identOf('personal', { result: 'Frau Erika Mustermann' }));
  await quarantined(identOf('nameless', { transactionnumber: null }));
  await quarantined(identOf('timeless', { identificationtime: 'soon' }));
  await quarantined('no JSON');

  // Act
  const groups = await groupsOf();
  const { out } = await idv(sut, 'quarantine', 'list');

  // Assess
  expect(
    Object.fromEntries(groups.map(({ cause, count, understood }) => [cause, [count, understood]])),
  ).toEqual({
    'unknown-status:SUCCESS_MANUAL': [2, 0],
    'unknown-status:SUCCESS': [1, 1],
    'unknown-status:(text)': [1, 0],
    'unidentified:transactionnumber': [1, 0],
    'unreadable-time:identificationtime': [1, 0],
    'not-json': [1, 0],
  });
  expect(groups[0]?.cause).toBe('unknown-status:SUCCESS_MANUAL');
  expect(out).toMatch(/unknown-status:SUCCESS +1 +1 +2026-11-26 08:00:00Z\n +\S+ +2026-11-26 08:00:00Z/);
  expect(out).not.toContain('Mustermann');
});

test('the list can be limited to a cause, a provider and a time', async () => {
  expect((await groupsOf('--cause', 'unknown-status')).map(({ cause }) => cause)).toHaveLength(3);
  expect(await groupsOf('--cause', 'unknown-status:SUCCESS')).toHaveLength(1);
  expect(await groupsOf('--provider', 'id360')).toEqual([]);
  expect(await groupsOf('--since', '1h', '--cause', 'unknown-status:SUCCESS')).toEqual([]);
  expect(await idv(sut, 'quarantine', 'list', '--cause', 'after-final')).toMatchObject({ code: 2 });
  expect(await idv(sut, 'quarantine', 'list', '--provider', 'idnwo')).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no provider idnwo: use idnow'),
  });
  expect((await idv(sut, 'quarantine', 'list', '--provider', 'datakeen')).out).toBe(
    'The open quarantine has no such delivery.',
  );
});

test('a quarantined delivery is shown with its body masked, unless --reveal says why', async () => {
  // Prepare
  const id = await quarantined(identOf('shown', { result: 'SUCCESS_SHOWN' }));

  // Act
  const masked = await idv(sut, 'quarantine', 'show', id);
  const revealed = await idv(sut, 'quarantine', 'show', id, '--reveal', 'ticket 2');

  // Assess
  expect(masked.out).toContain('quarantined (unknown-status:SUCCESS_SHOWN)');
  expect(masked.out).toContain(`It names the case idnow:${companyId}:shown.`);
  expect(masked.out).toContain('The current reader does not understand it: unknown-status.');
  expect(masked.out).toMatch(/"lastname": \{\s+"status": "MATCH",\s+"value": "•••"/);
  expect(masked.out).not.toContain('MUSTERMANN');
  expect(revealed.out).toContain('MUSTERMANN');
  expect((await auditOf(sut, 'reveal'))[0]).toMatchObject({
    verificationId: `idnow:${companyId}:shown`,
    reason: 'ticket 2',
    result: `delivery ${id} shown by idv quarantine show`,
  });
});

test('a body that is not JSON is not shown without --reveal', async () => {
  const id = await quarantined('{"lastname": "Mustermann"');

  const { out } = await idv(sut, 'quarantine', 'show', id);

  expect(out).toContain('••• 25 bytes that are not JSON');
  expect(out).not.toContain('Mustermann');
});

test('resolve removes a delivery from the open quarantine, says so in its row, and publishes nothing', async () => {
  // Prepare
  const id = await quarantined(identOf('resolved', { result: 'TEST' }));
  const resolve = ['quarantine', 'resolve', id, '--reason', 'a test of the provider'];

  // Act
  const dryRun = await idv(sut, ...resolve);
  const openAfterDryRun = await openQuarantine(sut, 'idnow');
  const run = await idv(sut, ...resolve, '--yes');
  const again = await idv(sut, ...resolve, '--yes');

  // Assess
  expect(dryRun.out).toContain('1 would be removed from the open quarantine. Nothing was done: add --yes.');
  expect(openAfterDryRun).toContain(id);
  expect(run).toMatchObject({ code: 0, out: expect.stringContaining('1 removed from the open quarantine.') });
  expect(await openQuarantine(sut, 'idnow')).not.toContain(id);
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining(`has no delivery ${id}`) });
  const { out } = await idv(sut, 'quarantine', 'show', id);
  expect(out).toMatch(/resolved {2}by \S+ at \S+: a test of the provider/);
  expect((await idv(sut, 'explain', `idnow:${companyId}:resolved`)).out).toContain(
    'Removed from the open quarantine by',
  );
  expect((await auditOf(sut, 'quarantine resolve'))[0]).toMatchObject({
    verificationId: `idnow:${companyId}:resolved`,
    reason: 'a test of the provider',
    result: `delivery ${id}: 1 removed from the open quarantine`,
  });
});

test('resolve takes all deliveries of a cause, and no others', async () => {
  // Prepare
  const ids: string[] = [];
  for (const name of ['many-1', 'many-2', 'many-3'])
    ids.push(await quarantined(identOf(name, { result: 'MANY' })));
  const other = await quarantined(identOf('other', { result: 'MANY_MORE' }));

  // Act
  const { out } = await idv(
    sut,
    'quarantine',
    'resolve',
    '--cause',
    'unknown-status:MANY',
    '--reason',
    'x',
    '--yes',
  );

  // Assess
  expect(out).toContain('3 removed');
  const open = await openQuarantine(sut, 'idnow');
  expect(open.filter((id) => ids.includes(id))).toEqual([]);
  expect(open).toContain(other);
});

test.each([
  [['resolve', '--reason', 'x'], 'Give one of: the id of a delivery, or --cause'],
  [['resolve', 'x'], "required option '--reason <text>' not specified"],
  [['show', 'no-such'], 'has no delivery no-such'],
])('quarantine %j says what is wrong', async (args, message) => {
  const { code, err } = await idv(sut, 'quarantine', ...args);

  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
});
