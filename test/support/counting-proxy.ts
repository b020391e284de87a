import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { getListeningPort } from '../../local/stack/http/free-port.ts';

export interface CountingProxy {
  readonly url: string;
  /** The number of bytes that the proxy has forwarded, counted separately for requests and answers. */
  readonly bytes: { requests: number; answers: number };
  stop(): Promise<void>;
}

/** Starts a proxy that forwards TCP connections and counts their bytes. The proxy is only as fast as the slower side. */
export async function countingProxy(target: string, onBytes: () => void): Promise<CountingProxy> {
  const bytes = { requests: 0, answers: 0 };
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);
  const server = createServer((client) => {
    const upstream = createConnection({ host: hostname, port: Number(port) });
    client.on('data', (chunk) => {
      bytes.requests += chunk.byteLength;
      onBytes();
    });
    upstream.on('data', (chunk) => {
      bytes.answers += chunk.byteLength;
      onBytes();
    });
    client.pipe(upstream).pipe(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${getListeningPort(server.address())}`,
    bytes,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
