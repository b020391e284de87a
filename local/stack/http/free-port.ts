import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a free port on 127.0.0.1 for a child process that cannot choose its port. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = getListeningPort(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

export function getListeningPort(address: unknown): number {
  if (
    typeof address === 'object' &&
    address !== null &&
    'port' in address &&
    typeof address.port === 'number'
  ) {
    return address.port;
  }
  throw new Error('The server does not listen on a TCP port');
}
