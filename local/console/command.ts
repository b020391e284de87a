import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Command, CommanderError } from 'commander';
import { disconnect, type OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError, IdvError } from '../../shared/platform/errors.ts';
import { connectToStage } from '../operations/deployed-stack.ts';
import { connectToLocalStack } from '../operations/local-stack.ts';
import type { Terminal } from '../operations/run-command.ts';
import { getListeningPort } from '../stack/http/free-port.ts';
import { createConsole } from './create-console.ts';
import { accessKeyParameter } from './security/require-access-key.ts';

interface Options {
  readonly base: string;
  readonly stage?: string;
  readonly port: string;
}

/**
 * Runs `npm run console`: serves the console on 127.0.0.1 until it is stopped.
 *
 * @returns the exit code: 0; 2 if the arguments or the stack cannot be used
 */
export async function runConsoleCommand(
  args: readonly string[],
  { print, complain }: Terminal,
  stop: AbortSignal,
): Promise<0 | 1 | 2> {
  const command = new Command('npm run console --')
    .description('Serves the console on 127.0.0.1, with the AWS credentials of the shell.')
    .option('--base <url>', 'the local stack', 'http://127.0.0.1:8787')
    .option('--stage <name>', 'a deployed stage of infra/stages.ts')
    .option('--port <n>', 'the port to listen on; 0 for any free port', '8788')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => complain(text.trimEnd()),
    })
    .action(async () => serveUntilStopped(command.opts<Options>(), print, stop));
  try {
    await command.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof IdvError)) throw error;
    complain(error.message);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

async function serveUntilStopped(
  { base, stage, port }: Options,
  print: Terminal['print'],
  stop: AbortSignal,
): Promise<void> {
  const stack =
    stage === undefined
      ? await connectToLocalStack(base, 'start one with "npm start", or give --base or --stage')
      : await connectToStage(stage);
  try {
    const accessKey = randomBytes(24).toString('base64url');
    const server = await listen(stack, accessKey, port);
    const url = `http://127.0.0.1:${getListeningPort(server.address())}/?${accessKeyParameter}=${accessKey}`;
    print(`The console of ${stack.stageName}, as ${stack.operator}:\n\n  ${url}\n\nCtrl-C stops it.`);
    if (!stop.aborted) await once(stop, 'abort');
    server.closeAllConnections();
    server.close();
  } finally {
    disconnect(stack);
  }
}

/** @throws ConfigurationError if the port cannot be used */
async function listen(stack: OperatedStack, accessKey: string, port: string) {
  const isLive = stack.stageName === 'local';
  const { fetch } = createConsole({ connect: async () => stack, basePath: '', accessKey, isLive });
  const server = createServer(
    getRequestListener(async (request) => fetch(request), { overrideGlobalObjects: false }),
  );
  const number = /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN;
  if (!(number <= 65_535)) throw new ConfigurationError(`--port ${port}: use a number from 0 to 65535`);
  server.listen(number, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ConfigurationError(`Port ${port} is taken: choose another with --port`, { cause });
  }
  return server;
}
