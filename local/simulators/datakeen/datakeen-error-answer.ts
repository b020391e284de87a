import { type Answer, jsonAnswer } from '../answer.ts';

/** Creates an error answer. Datakeen documents no errors, so the body repeats the HTTP status, as its success answers do. */
export function datakeenErrorAnswer(status: number, message = messages[status] ?? 'Error'): Answer {
  return jsonAnswer(status, { status, message });
}

const messages: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Session not found',
  429: 'Too many requests',
};
