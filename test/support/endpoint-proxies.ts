import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import type { LocalSystemOptions } from '../../local/start-system.ts';

/** One request from a function to an AWS service. */
export interface Call {
  readonly service: string;
  /** The access key id that signed the request: `local-{name of the function}`. */
  readonly caller: string;
  /**
   * The header `x-amz-target` of the AWS call, such as `DynamoDB_20120810.PutItem`. For a call to S3, which has no such
   * header, the HTTP method.
   */
  readonly operation: string;
}

export interface EndpointProxies {
  readonly interceptEndpoint: NonNullable<LocalSystemOptions['interceptEndpoint']>;
  /** All calls that the proxies have received so far. */
  readonly calls: readonly Call[];
  /**
   * Makes the proxies answer 500 to each later AWS call for which `refused` returns true. `refuse(null)` ends the
   * refusals.
   */
  refuse(refused: ((call: Call) => boolean) | null): void;
  stop(): void;
}

/**
 * Creates proxies between functions and emulators. The proxies record each call, and refuse the calls that a test
 * selects.
 */
export function endpointProxies(): EndpointProxies {
  const calls: Call[] = [];
  const servers: Server[] = [];
  let isRefused: (call: Call) => boolean = () => false;
  return {
    calls,
    async interceptEndpoint(service, target) {
      const server = createServer((incoming, outgoing) => {
        const { method = 'GET', url = '/', headers } = incoming;
        const call = {
          service,
          caller: /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? 'unsigned',
          operation: String(headers['x-amz-target'] ?? method),
        };
        calls.push(call);
        if (isRefused(call)) {
          incoming.resume();
          outgoing.writeHead(500).end();
          return;
        }
        const passedOn = request(new URL(url, target), { method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        passedOn.on('error', () => outgoing.destroy());
        incoming.pipe(passedOn);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      servers.push(server);
      return `http://127.0.0.1:${getListeningPort(server.address())}`;
    },
    refuse(refused) {
      isRefused = refused ?? (() => false);
    },
    stop() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
