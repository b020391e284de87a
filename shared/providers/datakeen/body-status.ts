import * as z from 'zod';

const Coded = z.looseObject({ status: z.coerce.number().int().min(100).max(599) });

/**
 * Datakeen repeats HTTP's status inside its JSON, at several levels, and an answer of 200 may hold another one.
 *
 * @returns the status of this level; null where it has none that reads like HTTP's
 */
export function bodyStatus(level: unknown): number | null {
  return Coded.safeParse(level).data?.status ?? null;
}

/** Whether this level is done: 202 means that it is still being worked on. */
export function isDone(status: number | null): boolean {
  return status === null || (status >= 200 && status < 300 && status !== 202);
}
