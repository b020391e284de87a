import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer, textAnswer } from '../answer.ts';
import { type SimulatorApiServer, startSimulatorApiServer } from '../api-server.ts';

interface ShootIdSimulatorOptions {
  applicationToken: string;
  applicationSecret: string;
  /** The port of the simulator. Default: 0, which means any free port. */
  port?: number;
}

export interface ShootIdSimulator extends SimulatorApiServer<'result' | 'other'> {
  /** Stores the result of a transaction. The API returns it from then on. */
  put(result: unknown): void;
}

const Result = z.looseObject({ transactionId: z.string().min(1) });

/** Starts a simulator of ShootID's API on 127.0.0.1. It answers `GET /api/v2/result?transactionId={id}`. */
export async function startShootIdSimulator(options: ShootIdSimulatorOptions): Promise<ShootIdSimulator> {
  const { applicationToken, applicationSecret, port } = options;
  const basic = Buffer.from(`${applicationToken}:${applicationSecret}`).toString('base64');
  const results = new Map<string, unknown>();
  const answerTo = (authorization: string | undefined, id: string | null): SimulatedAnswer => {
    if (authorization !== `Basic ${basic}`) return textAnswer(401, 'Unauthorized');
    const found = results.get(id ?? '');
    // Indented JSON, so that a test fails if the import archives JSON that it formatted again.
    return found === undefined
      ? textAnswer(404, 'Not Found')
      : { ...jsonAnswer(200, found), body: `${JSON.stringify(found, null, 2)}\n` };
  };
  const server = await startSimulatorApiServer<'result' | 'other'>({
    port,
    requests: { result: 0, other: 0 },
    errorAnswer: (status) => textAnswer(status, 'Error'),
    resolve: ({ method, path, query, headers }) =>
      method === 'GET' && path === '/api/v2/result'
        ? { route: 'result', answer: () => answerTo(headers.authorization, query.get('transactionId')) }
        : { route: 'other', answer: () => textAnswer(404, 'Not Found') },
  });
  return {
    ...server,
    put: (result) => void results.set(Result.parse(result).transactionId, result),
  };
}
