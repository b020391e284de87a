import { runSimulateCommand } from '../../../local/simulate/simulate.ts';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';

/** The secret in the config of the local stack. The commands must never print it. */
export const SECRET = 'hush-hush-secret';

/** Runs `npm run simulate` in the process of the test, without pauses between retries. */
export async function runSimulate(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runSimulateCommand(args, {
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
    wait: async () => {},
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Starts a server that answers `GET /_local` like a running local stack. */
export async function startFakeStack(parts: { webhook: string; simulator?: string; answer?: unknown }) {
  const description = {
    ready: true,
    webhooks: { idnow: parts.webhook, id360: parts.webhook, datakeen: parts.webhook },
    config: {
      idnow: {
        accounts: [{ companyId: 'democompany', apiKey: SECRET }],
        basicAuth: [{ username: 'u', password: SECRET }],
      },
      id360: {
        username: 'app',
        callbackHeader: { name: 'X-Callback-Token', values: [SECRET] },
        urlSecrets: [SECRET],
      },
      datakeen: { username: 'user', urlSecrets: [SECRET] },
    },
    ...(parts.simulator && {
      simulators: { idnow: parts.simulator, id360: parts.simulator, datakeen: parts.simulator },
    }),
  };
  const server = await startLoopbackServer(async (request, response) => {
    response.statusCode = request.url === '/_local' ? 200 : 404;
    response.end(JSON.stringify(parts.answer ?? description));
  });
  return { port: new URL(server.url).port, [Symbol.asyncDispose]: server.stop };
}
