import type { RequestListener } from 'node:http';
import { disconnect, type OperatedStack } from '../../shared/operations/stack/operated-stack.ts';

/** The path of the console on the local stack. */
export const localConsolePath = '/_console';

export interface LocalConsole {
  /** Returns the pages of the console. @param url the URL of the local stack */
  serve(url: string): { path: string; listener: RequestListener };
  /** Closes the connections to the emulators. */
  close(): void;
}

/** Creates the console of the local stack. Its code is loaded by the first request, so that the stack starts as fast as without. */
export function createLocalConsole(): LocalConsole {
  let connected: OperatedStack | undefined;
  const load = async (url: string): Promise<RequestListener> => {
    const [{ getRequestListener }, { createConsole }, { connectToLocalStack }] = await Promise.all([
      import('@hono/node-server'),
      import('./create-console.ts'),
      import('../operations/local-stack.ts'),
    ]);
    const { fetch } = createConsole({
      connect: async () => {
        connected = await connectToLocalStack(url, 'start it with "npm start"');
        return connected;
      },
      basePath: localConsolePath,
      // `GET /_local` gives the credentials of the local stack to everybody on this machine.
      accessKey: null,
      isLive: true,
    });
    return getRequestListener(async (request) => fetch(request), { overrideGlobalObjects: false });
  };
  return {
    serve(url) {
      let loaded: Promise<RequestListener> | undefined;
      return {
        path: localConsolePath,
        listener: async (request, response) => {
          loaded ??= load(url);
          (await loaded)(request, response);
        },
      };
    },
    close() {
      if (connected !== undefined) disconnect(connected);
    },
  };
}
