import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNewGenerationsCommand } from '../../local/operations/new-generations-command.ts';
import { runRepublishCommand } from '../../local/operations/republish-command.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { historyRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  sut = await startSystemUnderTest();
  ({ dynamodb } = sut);
});
afterAll(async () => {
  await sut?.stop();
});

const minutes = { START: 0, CHECK_PENDING: 5, SUCCESS: 9, FRAUD_SUSPICION_CONFIRMED: 20 };

function post(transactionNumber: string, state: keyof typeof minutes) {
  const ident = makeIdent({
    companyId,
    transactionNumber,
    state,
    time: new Date(Date.UTC(2026, 10, 22, 10, minutes[state])),
  });
  sut.simulator.put(ident);
  return sut.post(ident);
}

type Command = typeof runRepublishCommand;

/** Runs a command for the local stack under test. @returns the printed lines, and the exit code */
async function run(command: Command, ...args: string[]) {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const { port } = new URL(sut.system.stack.url);
  const code = await command(['--port', port, ...args], { print, complain: print });
  return { code, text: lines.join('\n') };
}

test('republish finds events and deliveries that the relay has never seen, and publishes them only with --yes', async () => {
  // Prepare: remove the rows of the history, as if the relay had never seen the writes.
  const id = `idnow:${companyId}:lost`;
  await post('lost', 'START');
  await post('lost', 'CHECK_PENDING');
  const rows = await eventually(async () => {
    const found = await historyRows(sut, id);
    expect(found).toHaveLength(2);
    return found;
  });
  for (const { at } of rows) {
    const Key = { subject: { S: id }, at: { S: at } };
    await dynamodb.send(new DeleteItemCommand({ TableName: sut.system.stack.outputs.HistoryTableName, Key }));
  }

  // Act and assess
  const planned = await run(runRepublishCommand, '--older-than', '0');
  for (const sequence of [1, 2]) expect(planned.text).toMatch(new RegExp(`^${id}#\\w+\\.${sequence}$`, 'm'));
  expect(planned.text).toContain('Run the command with --yes');
  expect(await historyRows(sut, id)).toEqual([]);

  const done = await run(runRepublishCommand, '--older-than', '0', '--yes');
  expect(done.code).toBe(0);
  expect(done.text).toContain('1 of 1 verifications are published again');
  await eventually(async () => expect(await historyRows(sut, id)).toEqual(rows));

  const again = await run(runRepublishCommand, '--older-than', '0', '--yes');
  expect(again.text).toContain('0 of 1 verifications');
});

test('after new-generations, the next event of each case has sequence 1 of a later generation', async () => {
  // Prepare
  const id = `idnow:${companyId}:restored`;
  for (const state of ['START', 'CHECK_PENDING', 'SUCCESS'] as const) await post('restored', state);
  const before = await sut.events.receive(id, 4);
  const at = new Date(Date.now() + 60_000).toISOString();

  // Act
  const planned = await run(runNewGenerationsCommand, '--at', at);
  const done = await run(runNewGenerationsCommand, '--at', at, '--yes');
  const again = await run(runNewGenerationsCommand, '--at', at, '--yes');
  await post('restored', 'FRAUD_SUSPICION_CONFIRMED');

  // Assess
  expect(planned.text).toContain('2 verifications would get the new generation');
  expect(done.text).toContain('2 verifications have the new generation; 0 are as new already');
  expect(again.text).toContain('0 verifications have the new generation; 2 are as new already');
  const after = (await sut.events.receive(id, 6)).slice(4);
  const earlier = before[0]?.data.generation ?? '';
  expect(after.map(({ type, data }) => [type, data.sequence, data.outcome])).toEqual([
    ['idv.verification.revised.v1', 1, 'declined'],
    ['idv.evidence.archived.v1', 2, 'declined'],
  ]);
  for (const { data } of after) expect(data.generation > earlier).toBe(true);
  expect(after[1]?.data.evidence?.manifest).toContain(`/${after[0]?.data.generation}/000001/`);
});

test.each([
  ['--verifications-table alone', runRepublishCommand, ['--verifications-table', 'a'], 'belong together'],
  ['an unknown option', runRepublishCommand, ['--now'], 'Usage: npm run republish'],
  ['an age that is not a number', runRepublishCommand, ['--older-than', 'soon'], '--older-than soon'],
  ['an instant that is none', runNewGenerationsCommand, ['--at', 'soon'], '--at soon: not an instant'],
  ['a port without a stack', runNewGenerationsCommand, ['--port', '1'], 'No local stack answers on port 1'],
] as const)('a command with %s ends with exit code 2 and says why', async (_title, command, args, why) => {
  const { code, text } = await run(command, ...args);
  expect([code, text]).toEqual([2, expect.stringContaining(why)]);
});
