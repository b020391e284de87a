import * as z from 'zod';

/**
 * The state of a Datakeen session in the simulator. The schema checks only what the simulator needs, so a test can also
 * store results that the fetcher does not understand.
 */
const sessionStateSchema = z.strictObject({
  sessionId: z.string().min(1),
  /** The body of Datakeen's API answer for a finished session. Null if the session is not finished. */
  result: z.looseObject({}).nullable(),
});

export type DatakeenSessionState = z.infer<typeof sessionStateSchema>;

/** Returns true if the value is a Datakeen session's state. Returns no parsed copy, because its keys have another order. */
export function isDatakeenSessionState(value: unknown): value is DatakeenSessionState {
  return sessionStateSchema.safeParse(value).success;
}
