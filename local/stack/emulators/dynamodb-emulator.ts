import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { credentials, region } from '../aws-account.ts';
import type { Cleanup } from '../cleanup.ts';
import { EmulatorError } from '../errors.ts';
import { freePort } from './free-port.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { indexStreams } from './stream-indexes.ts';

const startDeadlineMs = 15_000;

/**
 * Runs "$@" until standard input ends, and then removes the directory SCRATCH. Standard input ends when stop() closes
 * it, and also when the parent is killed hard: the kernel closes the pipe then, so neither the emulator nor its data
 * outlives us.
 */
const runUntilInputEnds = `
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
(cat <&3 >/dev/null; kill -KILL "$child") &
watcher=$!
# Nobody may be left to read what the shell says of a killed child, and a write to nobody would end the shell.
exec 3<&- 2>/dev/null
wait "$child"
code=$?
kill "$watcher"
[ -z "$SCRATCH" ] || rm -rf "$SCRATCH"
exit $code
`;

/**
 * Starts dynoxide, or takes the server that DYNAMODB_ENDPOINT names, and answers its URL once it is up.
 * @param dataDir keeps the tables in this directory; only as long as the emulator runs when undefined
 */
export async function startDynamoDbEmulator(dataDir: string | undefined, cleanup: Cleanup): Promise<string> {
  const external = process.env.DYNAMODB_ENDPOINT;
  if (external !== undefined && external !== '') {
    await untilItAnswers(external, () => undefined);
    return external;
  }
  const port = await freePort();
  const binary = dynoxideBinary();
  // Always a file, never dynoxide's own memory: only a file can be indexed.
  const scratch = dataDir === undefined ? await scratchDirectory() : '';
  const database = join(dataDir === undefined ? scratch : await existing(dataDir), 'dynamodb.sqlite');
  const command = [binary, '--host', '127.0.0.1', '--port', String(port), '--db-path', database];
  const child = spawn('sh', ['-c', runUntilInputEnds, 'dynoxide', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, SCRATCH: scratch },
    // In a session of its own: Ctrl-C goes to the whole group, and we still need the database while we stop.
    detached: true,
  });
  child.stdin.on('error', () => undefined); // the emulator died first; its exit says why
  let problems = '';
  child.stderr.on('data', (data: Buffer) => {
    problems = (problems + data.toString()).slice(-2_000);
  });
  cleanup.add(() => end(child));
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url, () => (child.exitCode === null ? undefined : problems.trim()));
  indexStreams(database);
  return url;
}

function dynoxideBinary(): string {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (cause) {
    throw new EmulatorError(
      'No DynamoDB emulator: the optional dependency @dynoxide/linux-x64 is not installed on this platform. Start any DynamoDB emulator and set DYNAMODB_ENDPOINT to its URL, for example http://127.0.0.1:8000',
      { cause },
    );
  }
}

async function existing(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  return directory;
}

async function end(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function untilItAnswers(url: string, failure: () => string | undefined): Promise<void> {
  const client = new DynamoDBClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  const deadline = Date.now() + startDeadlineMs;
  try {
    for (;;) {
      try {
        await client.send(new ListTablesCommand({}));
        return;
      } catch (cause) {
        const reason = failure();
        if (reason !== undefined)
          throw new EmulatorError(`The DynamoDB emulator ended: ${reason}`, { cause });
        if (Date.now() > deadline) throw new EmulatorError(`No DynamoDB answers at ${url}`, { cause });
        await delay(20);
      }
    }
  } finally {
    client.destroy();
  }
}
