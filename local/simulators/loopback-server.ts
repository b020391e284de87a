import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface LoopbackServer {
  url: string;
  stop(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * An HTTP server that only this machine can reach. Stopping it cuts the connections that clients keep
 * alive, which would otherwise hold the process for minutes.
 */
export async function startLoopbackServer(handler: Handler, port = 0): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    // A client that hangs up in the middle of an answer ends here: there is no one left to tell.
    handler(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
