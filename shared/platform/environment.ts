import * as z from 'zod/mini';
import { describeInvalidVariable, noZodMessage } from './describe-invalid-variable.ts';
import { ConfigurationError } from './errors.ts';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/**
 * Reads environment variables of a Lambda function. Only the CDK app sets them.
 *
 * @throws ConfigurationError with the name of each invalid variable
 */
export function readEnvironmentVariables<Shape extends z.core.$ZodShape>(
  environment: EnvironmentVariables,
  shape: Shape,
): z.infer<z.ZodMiniObject<Shape>> {
  // Only messages that a schema gives itself are used, so another language of zod in the same process changes nothing.
  const parsed = z.object(shape).safeParse(environment, { error: () => noZodMessage });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => describeInvalidVariable(environment, issue));
  throw new ConfigurationError(`environment of the function: ${problems.join('; ')}`);
}

/** A zod schema for an environment variable that contains JSON. */
export const jsonEnvironmentVariable = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: 'custom', input: text, message: 'is not JSON' });
      return z.NEVER;
    }
  }),
);
