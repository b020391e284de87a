import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../support/eventually.ts';
import { awsEnvironment, region } from './aws-environment.ts';
import { trustCertificate } from './trust-certificate.ts';

const launcher = fileURLToPath(new URL('start_ministack.py', import.meta.url));

export interface Emulator {
  readonly url: string;
  /** The certificate with which the emulator proves its address. Every client must trust it. */
  readonly certificateFile: string;
  stop(): Promise<void>;
}

/**
 * Starts MiniStack on a free port of 127.0.0.1, with IAM enforcement. It uses HTTPS, because the buckets refuse requests
 * without. All its files are in `directory`, its log is `ministack.log`.
 *
 * @param python the Python of the environment that `installEmulator` returns
 */
export async function startEmulator(python: string, directory: string): Promise<Emulator> {
  const port = await findFreePort();
  const temporary = join(directory, 'tmp');
  await mkdir(temporary);
  const certificateFile = join(temporary, 'ministack-tls', 'server.crt');
  const child = spawn(python, [launcher], {
    cwd: directory,
    // The emulator runs each instance of a function as a process. All of them are in one process group of their own.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...awsEnvironment(),
      // The functions run on the Node of this process.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      TMPDIR: temporary,
      AUTH: 'true',
      USE_SSL: '1',
      // The functions inherit this variable.
      NODE_EXTRA_CA_CERTS: certificateFile,
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: region,
      S3_DATA_DIR: join(directory, 's3'),
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
  });
  const log = createWriteStream(join(directory, 'ministack.log'));
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const exited = once(child, 'exit');
  const emulator: Emulator = {
    url: `https://127.0.0.1:${port}`,
    certificateFile,
    async stop() {
      const { pid } = child;
      if (pid === undefined) return;
      child.kill('SIGTERM');
      await Promise.race([exited, delay(10_000, undefined, { ref: false })]);
      endProcessGroup(pid);
      log.end();
    },
  };
  try {
    const ended = exited.then(() => Promise.reject(new Error('MiniStack has ended')));
    await Promise.race([ended, untilItAnswers(emulator)]);
  } catch (error) {
    await emulator.stop();
    const text = await readFile(join(directory, 'ministack.log'), 'utf8');
    throw new Error(`MiniStack did not start:\n${text.slice(-3000)}`, { cause: error });
  }
  return emulator;
}

function untilItAnswers({ url, certificateFile }: Emulator): Promise<unknown> {
  return eventually(
    async () => {
      trustCertificate(await readFile(certificateFile, 'utf8'));
      await fetch(`${url}/_ministack/health`);
    },
    { timeoutMs: 60_000 },
  );
}

/** Ends what is left of the emulator: instances of functions that did not end with it. */
function endProcessGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // No process of the group is left.
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
