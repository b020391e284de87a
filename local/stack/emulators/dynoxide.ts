import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanupList } from '../cleanup.ts';
import { EmulatorError } from '../errors.ts';
import { findFreePort } from '../http/free-port.ts';
import type { DynoxideCommand } from './dynoxide-command.ts';
import { createScratchDirectory } from './scratch-directory.ts';
import { addSqliteIndexesToDynoxide } from './stream-indexes.ts';
import { waitUntilDynamoDbAnswers } from './until-it-answers.ts';

/**
 * A shell script that runs the command "$@" until its standard input ends, then removes the directory SCRATCH. Standard
 * input ends when stop() closes it. It also ends when the parent process is killed, because the kernel closes the pipe.
 * So the emulator and its data never remain. The script sends its signal to the process group, because a launcher runs
 * the emulator as a child process.
 */
const runUntilInputEnds = `
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
trap '' TERM
(cat <&3 >/dev/null; kill -KILL "$child") &
watcher=$!
# The parent may no longer read the shell's message about the killed child. A write to a closed pipe would end the shell.
exec 3<&- 2>/dev/null
wait "$child"
code=$?
kill -KILL "$watcher"
kill -TERM 0
[ -z "$SCRATCH" ] || rm -rf "$SCRATCH"
exit $code
`;

/**
 * Starts the DynamoDB emulator dynoxide on a free port. Returns its URL after it answers a request.
 * @param dataDir the directory that stores the tables; if undefined, the tables are deleted with the emulator
 */
export async function startDynoxide(
  { command, isLocked }: DynoxideCommand,
  dataDir: string | undefined,
  cleanup: CleanupList,
): Promise<string> {
  const port = await findFreePort();
  // Without a data directory, dynoxide gets a temporary file instead of its in-memory mode. Our indexes on stream
  // records can only be added to a file.
  const scratch = dataDir === undefined ? await createScratchDirectory() : '';
  const database = join(dataDir === undefined ? scratch : await existing(dataDir), 'dynamodb.sqlite');
  const args = ['--host', '127.0.0.1', '--port', String(port), '--db-path', database];
  const child = spawn('sh', ['-c', runUntilInputEnds, 'dynoxide', ...command, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, SCRATCH: scratch },
    // Start the emulator in a process group of its own. Otherwise Ctrl-C would end it before the stack stops.
    detached: true,
  });
  child.stdin.on('error', () => undefined); // The emulator has already ended. waitUntilItAnswers reports why.
  let problems = '';
  child.stderr.on('data', (data: Buffer) => {
    problems = (problems + data.toString()).slice(-2_000);
  });
  cleanup.add(() => end(child));
  const url = `http://127.0.0.1:${port}`;
  await waitUntilDynamoDbAnswers(url, () => (child.exitCode === null ? undefined : problems.trim()));
  addIndexes(database, isLocked);
  return url;
}

/**
 * Adds the stream indexes to the database. If our lock file does not determine the version of dynoxide, an
 * EmulatorError is ignored: the database may have another format, and the emulator also works without the indexes.
 */
function addIndexes(database: string, isLocked: boolean): void {
  try {
    addSqliteIndexesToDynoxide(database);
  } catch (error) {
    if (isLocked || !(error instanceof EmulatorError)) throw error;
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
