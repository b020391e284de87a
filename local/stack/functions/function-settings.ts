import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { TemplateError } from '../errors.ts';
import { cloudFormationNumberSchema, parseResourceProperties } from '../template/cfn-values.ts';
import type { ResolvedResource } from '../template/stack-template.ts';

/** The function properties with a local effect. Role, architecture, logging, tracing and tags have no local effect. */
const functionProperties = z.object({
  Handler: z.string().regex(/.\../, 'needs the form file.export'),
  Runtime: z.string().startsWith('nodejs', 'only Node.js functions run locally'),
  Timeout: cloudFormationNumberSchema.default(3),
  MemorySize: cloudFormationNumberSchema.default(128),
  ReservedConcurrentExecutions: cloudFormationNumberSchema.optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Layers: z.never('layers do not exist locally').optional(),
});

/** The default maximum number of instances per function. More instances make no function faster on a laptop. */
const mostInstances = 4;

export interface FunctionSettings {
  name: string;
  arn: string;
  /** The directory of the function's bundle. A deployment uses the same bundle. */
  taskRoot: string;
  handler: string;
  runtime: string;
  timeoutMs: number;
  memoryMb: number;
  maxInstances: number;
  variables: Record<string, string>;
}

/**
 * Reads the settings of a function from its resource in the CloudFormation template.
 * @param limit the maximum number of instances, even if the template reserves more instances
 */
export function readFunctionSettings(
  assembly: string,
  resource: ResolvedResource,
  limit = mostInstances,
): FunctionSettings {
  const properties = parseResourceProperties(functionProperties, resource);
  const assetPath = resource.metadata['aws:asset:path'];
  if (typeof assetPath !== 'string') {
    throw new TemplateError(
      `Function ${resource.logicalId} has no asset (Metadata aws:asset:path): nothing to run`,
    );
  }
  const taskRoot = resolve(assembly, assetPath);
  if (!existsSync(taskRoot))
    throw new TemplateError(`Function ${resource.logicalId}: no asset at ${taskRoot}`);
  return {
    name: resource.reference.name,
    arn: resource.reference.attributes.Arn ?? '',
    taskRoot,
    handler: properties.Handler,
    runtime: properties.Runtime,
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    maxInstances: Math.min(limit, properties.ReservedConcurrentExecutions ?? limit),
    variables: properties.Environment?.Variables ?? {},
  };
}
