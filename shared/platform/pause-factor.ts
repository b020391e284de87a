import * as z from 'zod';
import { type Environment, readEnvironment } from './environment.ts';

const Settings = { PAUSE_FACTOR: z.coerce.number().positive().max(1).default(1) };

/**
 * The factor of every pause that a function makes on purpose: between the tries of a job, between two requests for the
 * same file, and after a login that failed. It is 1 on AWS, because no template sets PAUSE_FACTOR. Tests set it, so
 * that they wait for milliseconds instead of seconds.
 *
 * @throws ConfigurationError if the variable is not a number above 0 and up to 1
 */
export function pauseFactor(environment: Environment): number {
  return readEnvironment(environment, Settings).PAUSE_FACTOR;
}
