import { createHash } from 'node:crypto';
import * as z from 'zod';
import { TemplateError } from '../errors.ts';
import type { StoppableLocalFunction } from '../functions/local-function.ts';
import {
  cloudFormationBooleanSchema,
  cloudFormationNumberSchema,
  parseResourceProperties,
} from '../template/cfn-values.ts';
import type { ResolvedResource } from '../template/stack-template.ts';
import { compileFilterPatterns, type EventSourceRecordFilter } from './filter-pattern.ts';

/**
 * The properties of an event source mapping. The schema is strict: if it ignored a setting, the local stack would
 * behave differently from the deployed stack.
 */
const mappingProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: cloudFormationNumberSchema.optional(),
  BisectBatchOnFunctionError: cloudFormationBooleanSchema.default(false),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .optional(),
  Enabled: cloudFormationBooleanSchema.default(true),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).default([]) })
    .optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: cloudFormationNumberSchema.default(0),
  MaximumRecordAgeInSeconds: cloudFormationNumberSchema.default(-1),
  MaximumRetryAttempts: cloudFormationNumberSchema.default(-1),
  // `ParallelizationFactor` has no local effect. The local stack reads each shard sequentially, so the records of each
  // table row stay in order.
  ParallelizationFactor: cloudFormationNumberSchema.optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: cloudFormationNumberSchema.optional() }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  Tags: z.unknown().optional(),
});

export interface EventSourceMapping {
  /**
   * The id of the event source mapping. Lambda uses a random UUID. The local stack uses the same id at each start,
   * because it stores positions in streams under this id.
   */
  id: string;
  logicalId: string;
  function: StoppableLocalFunction;
  eventSourceArn: string;
  batchSize: number | undefined;
  batchingWindowMs: number;
  reportsBatchItemFailures: boolean;
  bisectBatchOnError: boolean;
  /** The maximum number of retries of a failed batch. -1 means no limit. */
  maximumRetryAttempts: number;
  /** The maximum age of a stream record in seconds. An older record is discarded. -1 means no limit. */
  maximumRecordAgeSeconds: number;
  maximumConcurrency: number | undefined;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  onFailureArn: string | undefined;
  accepts: EventSourceRecordFilter;
}

/**
 * Reads an event source mapping from its resource in the CloudFormation template.
 * @returns undefined if the mapping is disabled
 */
export function readEventSourceMapping(
  resource: ResolvedResource,
  functions: StoppableLocalFunction[],
): EventSourceMapping | undefined {
  const properties = parseResourceProperties(mappingProperties, resource);
  if (!properties.Enabled) return undefined;
  const target = functions.find(({ name, arn }) => [name, arn].includes(properties.FunctionName));
  if (target === undefined) {
    throw new TemplateError(`${resource.logicalId}: no function ${properties.FunctionName} in the template`);
  }
  const patterns = properties.FilterCriteria?.Filters.map(({ Pattern }) => Pattern) ?? [];
  return {
    id: stableUuid(resource.logicalId),
    logicalId: resource.logicalId,
    function: target,
    eventSourceArn: properties.EventSourceArn,
    batchSize: properties.BatchSize,
    batchingWindowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
    bisectBatchOnError: properties.BisectBatchOnFunctionError,
    maximumRetryAttempts: properties.MaximumRetryAttempts,
    maximumRecordAgeSeconds: properties.MaximumRecordAgeInSeconds,
    maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency,
    startingPosition: properties.StartingPosition,
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
    accepts: compileFilterPatterns(resource.logicalId, patterns),
  };
}

function stableUuid(logicalId: string): string {
  const hex = createHash('sha256').update(logicalId).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
