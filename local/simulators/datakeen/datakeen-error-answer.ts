import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';

/** Creates an error answer of Datakeen. Its format is our own guess, because Datakeen documents no error answers. */
export function datakeenErrorAnswer(status: number, message = messages[status] ?? 'Error'): SimulatedAnswer {
  return jsonAnswer(status, { status, message });
}

const messages: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Session not found',
  429: 'Too many requests',
};
