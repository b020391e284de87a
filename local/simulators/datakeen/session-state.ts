import * as z from 'zod';

/**
 * What the simulator holds of a session. Only what it needs is checked, so that a test can also put results
 * that no receiver understands.
 */
const sessionStateSchema = z.strictObject({
  sessionId: z.string().min(1),
  /** The whole body of the answer to GET; null while the session is not finished. */
  result: z.looseObject({}).nullable(),
});

export type SessionState = z.infer<typeof sessionStateSchema>;

/** A check instead of a parse: parsing would bring the keys into another order than the sender's. */
export function isSessionState(value: unknown): value is SessionState {
  return sessionStateSchema.safeParse(value).success;
}
