import { type Answer, json } from '../answer.ts';

/** The provider prints no error: these repeat the HTTP status in the body, as its good answers do. */
export function errorForStatus(status: number, message = messages[status] ?? 'Error'): Answer {
  return json(status, { status, message });
}

const messages: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Session not found',
  429: 'Too many requests',
};
