import { randomInt } from 'node:crypto';
import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';

/** The HTTP status of each error cause in IDnow's API. */
const statusByCause = {
  BAD_REQUEST: 400,
  UNPARSEABLE_JSON: 400,
  UNRECOGNIZED_FIELD: 400,
  INVALID_LOGIN_TOKEN: 401,
  SECURITY_VIOLATION: 401,
  FORBIDDEN: 403,
  OBJECT_NOT_FOUND: 404,
  EXISTING_IDENTIFICATION: 409,
  PRECONDITION_FAILED: 412,
  INTERNAL_SERVER_ERROR: 500,
} as const;

type Cause = keyof typeof statusByCause;

/** Creates IDnow's error answer for a cause. IDnow writes the error text to `key` in a 404, and to `message` in a 500. */
export function createIdnowErrorByCause(
  cause: Cause,
  details: { key?: string; message?: string } = {},
): SimulatedAnswer {
  return jsonAnswer(statusByCause[cause], errorBody(cause, details));
}

/** Creates IDnow's error answer for the HTTP status of a planned error of the simulator. Any status is allowed. */
export function createIdnowErrorByStatus(status: number): SimulatedAnswer {
  const cause = causeFor(status);
  const message = cause === 'INTERNAL_SERVER_ERROR' ? 'An internal server error has occured' : undefined;
  return jsonAnswer(status, errorBody(cause, message === undefined ? {} : { message }));
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

/** Creates IDnow's answer for an unknown ident. A deleted ident gets the same answer. */
export function createUnknownIdentError(token: string): SimulatedAnswer {
  const key = `Ident ${token} - No identification request found matching the provided parameters`;
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', { key });
}

/** Creates IDnow's answer for an ident that the user has not finished, or that is being reviewed. */
export function createUnfinishedIdentError(identId: string): SimulatedAnswer {
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', {
    key: `Ident ${identId} / IdentRequest 381892 not yet finished`,
  });
}
