import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { SimulatedDatakeenSessionStore } from './session-store.ts';

/** The request that creates a Datakeen session. All its members are optional. */
const requestSchema = z.looseObject({
  webhookURL: z.string().optional(),
  callbackURL: z.string().optional(),
  QR: z.boolean().optional(),
});

/** A Datakeen session that was created through the simulated API, and the request that created it. */
export interface CreatedDatakeenSession {
  sessionId: string;
  request: z.infer<typeof requestSchema>;
}

/** Answers Datakeen's request "create a new session", with the members of the sample. */
export function createDatakeenSession(
  body: string,
  { created, sessions }: { created: CreatedDatakeenSession[]; sessions: SimulatedDatakeenSessionStore },
): SimulatedAnswer {
  const request = requestSchema.safeParse(parseJson(body)).data;
  if (request === undefined) return jsonAnswer(400, { status: 400, message: 'Bad Request' });
  const sessionId = randomBytes(12).toString('hex');
  created.push({ sessionId, request });
  sessions.put({ sessionId, result: null });
  return jsonAnswer(200, {
    status: 200,
    message: 'Magic Link',
    data: {
      link: `https://app.datakeen.co/client/test?sessionId=${sessionId}`,
      sessionId,
      QRCode: request.QR === true ? 'data:image/png;base64,' : '',
    },
  });
}
