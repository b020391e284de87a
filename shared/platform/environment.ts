import * as z from 'zod';
import { ConfigurationError } from './errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the function's environment variables; the CDK app is the only place that sets them.
 *
 * @throws ConfigurationError that names each variable at fault
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  environment: Environment,
  shape: Shape,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`environment of the function: ${faults.join('; ')}`);
}

/** A variable that holds JSON. */
export const jsonVariable = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});
