import * as z from 'zod/mini';
import { type EnvironmentVariables, readEnvironmentVariables } from './environment.ts';

const Settings = { PAUSE_FACTOR: z._default(z.coerce.number().check(z.positive(), z.maximum(1)), 1) };

/**
 * Returns the factor for the length of all intended pauses: between the tries of a job, between two requests for the
 * same file, and after a failed login. On AWS the factor is 1, because no template sets PAUSE_FACTOR. Tests set a small
 * factor, so that they wait for milliseconds instead of seconds.
 *
 * @throws ConfigurationError if PAUSE_FACTOR is not a number above 0 and up to 1
 */
export function readPauseFactor(environment: EnvironmentVariables): number {
  return readEnvironmentVariables(environment, Settings).PAUSE_FACTOR;
}
