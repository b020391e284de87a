import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Fixture,
  functionResource,
  removeAssembly,
  tableResource,
  writeAssembly,
} from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

const fixture: Fixture = {
  resources: {
    Cases: tableResource(),
    Jobs: { Type: 'AWS::SQS::Queue' },
    Work: functionResource('work'),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Work' }, EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
    },
  },
  bundles: { work: 'exports.handler = async () => new Promise(() => setInterval(() => {}, 1000));' },
};

async function assembly(): Promise<string> {
  const directory = await writeAssembly(fixture);
  onTestFinished(() => removeAssembly(directory));
  return directory;
}

/** Returns the process ids of the DynamoDB emulator on this URL's port, without the shell that watches the emulator. */
async function emulatorProcesses(url: string): Promise<string[]> {
  const { port } = new URL(url);
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')),
  );
  return ids.filter(
    (_id, index) =>
      commands[index]?.split('\0')[0]?.endsWith('/dynoxide') && commands[index].includes(`--port\0${port}`),
  );
}

/** Returns the paths of the database files that the DynamoDB emulator at this URL uses. */
async function databaseFiles(url: string): Promise<string[]> {
  const ids = await emulatorProcesses(url);
  const commands = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8')));
  return commands.map((command) => /--db-path\0([^\0]+)/.exec(command)?.[1] ?? '');
}

it('GET /_local of the local stack returns the result of the option localRoute as JSON', async () => {
  const { stack } = await runFixture(fixture, { localRoute: ({ region }) => ({ ready: true, region }) });

  const answer = await fetch(`${stack.url}/_local`);

  expect([answer.status, await answer.json()]).toEqual([200, { ready: true, region: 'eu-west-1' }]);
});

/** Returns an assembly, a port that nobody uses, and a function that requests `GET /_local` at this port. */
async function freshPort() {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const port = getListeningPort(blocker.address());
  blocker.close();
  await once(blocker, 'close');
  const statusOf = async () => (await fetch(`http://127.0.0.1:${port}/_local`)).status;
  return { assembly: await assembly(), port, statusOf };
}

it('the local stack answers 503 until it is ready', async () => {
  const answers: number[] = [];
  const { assembly: directory, port, statusOf } = await freshPort();

  const stack = await startLocalStack({
    assembly: directory,
    port,
    interceptEndpoint: async (_service, url) => {
      answers.push(await statusOf());
      return url;
    },
  });
  await stack.stop();

  expect(answers).toEqual([503, 503, 503, 503]);
});

it('the local stack answers 503 while its assembly is created, so a client sees that it is starting', async () => {
  const { assembly, port, statusOf } = await freshPort();
  let status = 0;

  const stack = await startLocalStack({
    assembly: async () => {
      status = await statusOf();
      return assembly;
    },
    port,
  });
  await stack.stop();

  expect(status).toBe(503);
});

it('the local stack explains what to do if its port is in use, and leaves no process behind', async () => {
  const { stack } = await runFixture(fixture);
  const port = Number(new URL(stack.url).port);

  await expect(startLocalStack({ assembly: await assembly(), port })).rejects.toThrow(
    `Port ${port} is taken: stop what listens there, or choose another with --port`,
  );
});

it('the local stack stops within three seconds, even while a function hangs, and ends the emulator', async () => {
  const lines: string[] = [];
  const onLog = ({ line }: { line: string }) => lines.push(line);
  const stack = await startLocalStack({ assembly: await assembly(), port: 0, onLog });
  const invocation = stack.functions.work?.invoke({});
  expect(await emulatorProcesses(stack.endpoints.dynamodb)).not.toEqual([]);

  const started = Date.now();
  await stack.stop();

  expect(Date.now() - started).toBeLessThan(3_000);
  expect(await invocation).toMatchObject({ kind: 'failed' });
  expect(lines, 'the stop of a running function is no error').toEqual([]);
  expect(await emulatorProcesses(stack.endpoints.dynamodb)).toEqual([]);
  await expect(fetch(stack.url)).rejects.toThrow();
});

it('the local stack ends all started processes if the start fails', async () => {
  let dynamodb = '';
  const failing = startLocalStack({
    assembly: await assembly(),
    port: 0,
    interceptEndpoint: async (service, url) => {
      if (service === 'dynamodb') dynamodb = url;
      if (service === 's3') throw new Error('boot fails here');
      return url;
    },
  });

  await expect(failing).rejects.toThrow('boot fails here');
  expect(dynamodb).not.toBe('');
  expect(await emulatorProcesses(dynamodb)).toEqual([]);
});

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'after the signal %s to the local stack, the DynamoDB emulator ends and its data are deleted',
  async (signal) => {
    const script = `
    const { startLocalStack } = await import(${JSON.stringify(new URL('../../local/stack/local-stack.ts', import.meta.url).href)});
    const stack = await startLocalStack({ assembly: ${JSON.stringify(await assembly())}, port: 0 });
    console.log(stack.endpoints.dynamodb);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line]: Buffer[] = await once(child.stdout, 'data');
    const url = String(line).trim();
    const [database] = await databaseFiles(url);
    expect(existsSync(database ?? '')).toBe(true);

    child.kill(signal);

    await once(child, 'exit');
    await eventually(async () => {
      expect(await emulatorProcesses(url)).toEqual([]);
      expect(existsSync(dirname(database ?? ''))).toBe(false);
    });
  },
);

it("the local stack keeps DynamoDB's data in its data directory over a restart", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'data-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const directory = await assembly();
  const Key = { id: { S: 'kept' } };
  for (const run of ['first', 'second']) {
    const stack = await startLocalStack({ assembly: directory, port: 0, dataDir });
    const client = new DynamoDBClient({
      endpoint: stack.endpoints.dynamodb,
      region: stack.region,
      credentials: stack.credentials,
    });
    if (run === 'first') await client.send(new PutItemCommand({ TableName: 'Fixture-Cases', Item: Key }));
    const { Item } = await client.send(new GetItemCommand({ TableName: 'Fixture-Cases', Key }));
    client.destroy();
    await stack.stop();

    expect(Item).toEqual(Key);
  }
});
