import * as z from 'zod';
import { TemplateError } from '../errors.ts';
import type { Resource } from './stack-template.ts';

/** CloudFormation takes numbers and booleans as text as well. */
export const cfnNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
export const cfnBoolean = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((value) => value === 'true'),
]);

/** Checks a resource's properties; the error names the resource and every property that does not fit. */
export function parseProperties<Schema extends z.ZodType>(
  schema: Schema,
  resource: Resource,
): z.output<Schema> {
  const result = schema.safeParse(resource.properties);
  if (result.success) return result.data;
  throw new TemplateError(`${resource.type} ${resource.logicalId}: ${z.prettifyError(result.error)}`);
}
