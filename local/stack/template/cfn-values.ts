import * as z from 'zod';
import { TemplateError } from '../errors.ts';
import type { ResolvedResource } from './stack-template.ts';

/** The schema of a number in a template. In CloudFormation, a number or a boolean can also be a string. */
export const cloudFormationNumberSchema = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
export const cloudFormationBooleanSchema = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((value) => value === 'true'),
]);

/**
 * Parses the properties of a CloudFormation resource.
 * @throws TemplateError that names the resource and each invalid property
 */
export function parseResourceProperties<Schema extends z.ZodType>(
  schema: Schema,
  resource: ResolvedResource,
): z.output<Schema> {
  const result = schema.safeParse(resource.properties);
  if (result.success) return result.data;
  throw new TemplateError(`${resource.type} ${resource.logicalId}: ${z.prettifyError(result.error)}`);
}
