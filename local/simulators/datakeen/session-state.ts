import * as z from 'zod';

/**
 * The state of a session in the simulator. The schema checks only what the simulator needs, so a test can also store
 * results that the fetcher does not understand.
 */
const sessionStateSchema = z.strictObject({
  sessionId: z.string().min(1),
  /** The body of the answer to a GET request. Null if the session is not finished. */
  result: z.looseObject({}).nullable(),
});

export type SessionState = z.infer<typeof sessionStateSchema>;

/** Checks whether the value is a session state. It does not parse the value, because parsing would change the key order. */
export function isSessionState(value: unknown): value is SessionState {
  return sessionStateSchema.safeParse(value).success;
}
