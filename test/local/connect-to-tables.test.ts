import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectToTables, disconnectFromTables } from '../../local/operations/connect-to-tables.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Connects to a deployed stack. @returns the names of its tables and of its bucket */
async function connect(options: Omit<Parameters<typeof connectToTables>[0], 'port'>) {
  const tables = await connectToTables({ port: '1', ...options });
  disconnectFromTables(tables);
  return [tables.verificationsTable, tables.historyTable, tables.evidenceBucket];
}

async function writeOutputs(outputs: object): Promise<string> {
  const file = join(folder, 'outputs.json');
  await writeFile(file, JSON.stringify({ 'idv-webhooks-any': outputs }));
  return file;
}

const outputs = { VerificationsTableName: 'v', HistoryTableName: 'h', EvidenceBucketName: 'b', Other: 'o' };

test('the outputs of a deployment name the tables and the bucket, whatever its stage is', async () => {
  expect(await connect({ outputs: await writeOutputs(outputs) })).toEqual(['v', 'h', 'b']);
});

test('the tables can be given by their names, with or without the bucket', async () => {
  const names = { 'verifications-table': 'v', 'history-table': 'h' };
  expect(await connect(names)).toEqual(['v', 'h', null]);
  expect(await connect({ ...names, 'evidence-bucket': 'b' })).toEqual(['v', 'h', 'b']);
});

test.each([
  ['only one table', { 'history-table': 'h' }, 'belong together'],
  ['only the bucket', { 'evidence-bucket': 'b' }, 'belong together'],
])('%s is refused', async (_title, options, why) => {
  await expect(connect(options)).rejects.toThrow(why);
});

test('outputs without the history, or together with a name, are refused', async () => {
  const { HistoryTableName: _, ...withoutHistory } = outputs;
  const incomplete = await writeOutputs(withoutHistory);
  await expect(connect({ outputs: incomplete })).rejects.toThrow('exactly one stack');
  const file = await writeOutputs(outputs);
  await expect(connect({ outputs: file, 'evidence-bucket': 'b' })).rejects.toThrow('give it alone');
});
