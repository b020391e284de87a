import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { readAudit } from '../../shared/operations/audit/audit.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

const outputs = () => sut.system.stack.outputs;
const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;
const minutes = { START: 0, SUCCESS: 5, FRAUD_SUSPICION_CONFIRMED: 9 };

function post(transactionNumber: string, state: keyof typeof minutes, result?: string) {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minutes[state]));
  const ident = makeIdent({ companyId, transactionNumber, state, time });
  sut.simulator.put(ident);
  const { identificationprocess } = ident;
  return sut.post({
    ...ident,
    identificationprocess: { ...identificationprocess, ...(result && { result }) },
  });
}

async function playCase(transactionNumber: string): Promise<string> {
  await post(transactionNumber, 'START');
  await post(transactionNumber, 'START');
  await post(transactionNumber, 'SUCCESS');
  await post(transactionNumber, 'SUCCESS', 'NEW');
  await sut.events.receive(idOf(transactionNumber), 3);
  return idOf(transactionNumber);
}

/** Returns the expiry of the row and of each history row, in seconds since 1970; undefined if it does not expire. */
async function expiriesOf(verificationId: string) {
  const subject = { S: verificationId };
  const { Item } = await sut.dynamodb.send(
    new GetItemCommand({ TableName: outputs().VerificationsTableName, Key: { verificationId: subject } }),
  );
  const { Items = [] } = await sut.dynamodb.send(
    new QueryCommand({
      TableName: outputs().HistoryTableName,
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': subject },
    }),
  );
  return { row: Item?.expiresAt?.N, history: Items.map(({ expiresAt }) => expiresAt?.N) };
}

const change = (action: 'hold' | 'release', id: string, ...args: string[]) =>
  idv(sut, action, id, '--reason', 'order 4 O 17/26', ...args);

test('a held case does not expire: neither its row, nor its history, nor what is written later', async () => {
  // Prepare
  const id = await playCase('held');
  const before = await expiriesOf(id);
  expect([before.row, ...before.history].every((each) => Number(each) > 0)).toBe(true);

  // Act
  const held = await change('hold', id, '--yes');

  // Assess
  expect(held).toMatchObject({ code: 0, out: expect.stringContaining(`${id} is held since `) });
  expect(await expiriesOf(id)).toEqual({ row: undefined, history: Array(5).fill(undefined) });

  // Act: a duplicate, a quarantined delivery and a revision with its evidence
  await post('held', 'SUCCESS');
  await post('held', 'SUCCESS', 'NEWER');
  await post('held', 'FRAUD_SUSPICION_CONFIRMED');
  await sut.events.receive(id, 5);

  // Assess
  expect(await expiriesOf(id)).toEqual({ row: undefined, history: Array(9).fill(undefined) });
  const { out } = await idv(sut, 'explain', id);
  expect(out).toContain('The case is under a legal hold since ');

  // Act
  const released = await change('release', id, '--yes');

  // Assess
  expect(released).toMatchObject({ code: 0, out: expect.stringContaining(`${id} is not held.`) });
  const after = await expiriesOf(id);
  expect([after.row, ...after.history].every((each) => Number(each) > 0)).toBe(true);
  expect(after.history).toEqual(expect.arrayContaining(before.history));
});

test('a held case is not erased, and is erased after its release', async () => {
  // Prepare
  const id = await playCase('protected');
  await change('hold', id, '--yes');
  const before = await expiriesOf(id);

  // Act
  const plan = await idv(sut, 'erase', id, '--reason', 'request 17');
  const refused = await idv(sut, 'erase', id, '--reason', 'request 17', '--yes');

  // Assess
  expect(plan).toMatchObject({ code: 1, out: expect.stringContaining('"idv release" ends the hold') });
  expect(plan.out).not.toContain('--yes');
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is under a legal hold') });
  expect(await expiriesOf(id)).toEqual(before);

  // Act
  await change('release', id, '--yes');
  const erased = await idv(sut, 'erase', id, '--reason', 'request 17', '--yes');

  // Assess
  expect(erased).toMatchObject({ code: 0 });
  expect(await change('hold', id, '--yes')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is erased'),
  });
});

test('holding a case twice changes nothing, and the audit has each hold and release', async () => {
  // Prepare
  const id = await playCase('twice');
  const first = await change('hold', id, '--yes', '--json');

  // Act
  const second = await change('hold', id, '--yes', '--json');

  // Assess
  expect(JSON.parse(second.out).heldSince).toBe(JSON.parse(first.out).heldSince);
  const stack = { aws: { dynamodb: sut.dynamodb }, historyTable: outputs().HistoryTableName ?? '' };
  const audit = await Array.fromAsync(readAudit(stack, new Date().toISOString().slice(0, 7)));
  const own = audit.filter(({ verificationId }) => verificationId === id);
  expect(own.map(({ action, reason }) => [action, reason])).toEqual([
    ['hold', 'order 4 O 17/26'],
    ['hold', 'order 4 O 17/26'],
  ]);
});

test('without --yes, a hold says what it would do, and nothing is written', async () => {
  // Prepare
  const id = await playCase('planned');
  const before = await expiriesOf(id);

  // Act
  const plan = await change('hold', id);

  // Assess
  expect(plan).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was written') });
  expect(await expiriesOf(id)).toEqual(before);
});
