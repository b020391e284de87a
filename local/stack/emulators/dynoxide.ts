import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cleanup } from '../cleanup.ts';
import { EmulatorError } from '../errors.ts';
import { freePort } from '../http/free-port.ts';
import type { DynoxideCommand } from './dynoxide-command.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { indexStreams } from './stream-indexes.ts';
import { untilItAnswers } from './until-it-answers.ts';

/**
 * Runs "$@" until standard input ends, and then removes the directory SCRATCH. Standard input ends when stop() closes
 * it, and also when the parent is killed hard: the kernel closes the pipe then, so neither the emulator nor its data
 * outlives us. A launcher runs the emulator as its own child, which the signal to the process group ends.
 */
const runUntilInputEnds = `
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
trap '' TERM
(cat <&3 >/dev/null; kill -KILL "$child") &
watcher=$!
# Nobody may be left to read what the shell says of a killed child, and a write to nobody would end the shell.
exec 3<&- 2>/dev/null
wait "$child"
code=$?
kill -KILL "$watcher"
kill -TERM 0
[ -z "$SCRATCH" ] || rm -rf "$SCRATCH"
exit $code
`;

/**
 * Starts dynoxide on a free port, and answers its URL once it is up.
 * @param dataDir keeps the tables in this directory; only as long as the emulator runs when undefined
 */
export async function startDynoxide(
  { command, locked }: DynoxideCommand,
  dataDir: string | undefined,
  cleanup: Cleanup,
): Promise<string> {
  const port = await freePort();
  // Always a file, never dynoxide's own memory: only a file can be indexed.
  const scratch = dataDir === undefined ? await scratchDirectory() : '';
  const database = join(dataDir === undefined ? scratch : await existing(dataDir), 'dynamodb.sqlite');
  const args = ['--host', '127.0.0.1', '--port', String(port), '--db-path', database];
  const child = spawn('sh', ['-c', runUntilInputEnds, 'dynoxide', ...command, ...args], {
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
  addIndexes(database, locked);
  return url;
}

/** Another version than the locked one may keep its streams in another way. It works without our indexes. */
function addIndexes(database: string, locked: boolean): void {
  try {
    indexStreams(database);
  } catch (error) {
    if (locked || !(error instanceof EmulatorError)) throw error;
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
