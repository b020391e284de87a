import { randomInt } from 'node:crypto';
import { type Answer, json } from '../answer.ts';

/** The statuses of the provider's errors, by cause. */
const statusOf = {
  BAD_REQUEST: 400,
  UNPARSEABLE_JSON: 400,
  INVALID_LOGIN_TOKEN: 401,
  SECURITY_VIOLATION: 401,
  OBJECT_NOT_FOUND: 404,
  PRECONDITION_FAILED: 412,
  INTERNAL_SERVER_ERROR: 500,
} as const;

type Cause = keyof typeof statusOf;

/** An error as the provider words it; a 404 has its sentence in `key`, a 500 in `message`. */
export function providerError(cause: Cause, details: { key?: string; message?: string } = {}): Answer {
  return json(statusOf[cause], errorBody(cause, details));
}

/** The error that goes with an injected status, whatever the status is. */
export function errorForStatus(status: number): Answer {
  const cause = causeFor(status);
  const message = cause === 'INTERNAL_SERVER_ERROR' ? 'An internal server error has occured' : undefined;
  return json(status, errorBody(cause, message === undefined ? {} : { message }));
}

function causeFor(status: number): Cause {
  if (status === 401) return 'INVALID_LOGIN_TOKEN';
  if (status === 404) return 'OBJECT_NOT_FOUND';
  if (status === 412) return 'PRECONDITION_FAILED';
  return status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
}

function errorBody(cause: Cause, { key, message }: { key?: string; message?: string }) {
  const id = String(randomInt(100_000_000)).padStart(8, '0');
  return {
    errors: [
      { cause, errorType: null, id, key: key ?? null, message: message ?? null, translationKey: null },
    ],
  };
}
