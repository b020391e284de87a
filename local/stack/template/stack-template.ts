import { buildLocalArn, localAccountId, localRegion } from '../aws-account.ts';
import { TemplateError } from '../errors.ts';
import { evaluateCondition } from './conditions.ts';
import { resolveIntrinsics, type TemplateNameResolver } from './intrinsics.ts';
import type { CloudAssembly } from './read-assembly.ts';
import {
  computeResourceReference,
  type ResourceReference,
  type ResourceReferenceOptions,
} from './references.ts';

/** A resource whose properties have no unresolved intrinsic functions. */
export interface ResolvedResource {
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** The values that other resources get for a reference to this resource, such as the physical name and the ARN. */
  reference: ResourceReference;
}

/** A CloudFormation template whose references are resolved. */
export interface StackTemplate {
  resources(...types: string[]): ResolvedResource[];
  outputs(): Record<string, string>;
}

/**
 * The properties that can set the physical name of a resource. Their values can contain intrinsic functions:
 * `evidence-${AWS::AccountId}`.
 */
const namingProperties = new Set([
  'BucketName',
  'FifoQueue',
  'FunctionName',
  'Name',
  'QueueName',
  'StageName',
  'TableName',
]);

/**
 * Resolves the references and intrinsic functions in a CloudFormation template.
 * @throws TemplateError for an unknown resource type, intrinsic function or reference
 */
export function resolveTemplate(assembly: CloudAssembly, context: ResourceReferenceOptions): StackTemplate {
  const { template } = assembly;
  const pseudoParameters: Record<string, string> = {
    'AWS::AccountId': localAccountId,
    'AWS::Partition': 'aws',
    'AWS::Region': localRegion,
    'AWS::StackId': buildLocalArn('cloudformation', `stack/${assembly.stackName}/local`),
    'AWS::StackName': assembly.stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const references = new Map<string, ResourceReference>();
  function reference(logicalId: string): ResourceReference | undefined {
    const resource = existing.get(logicalId);
    if (resource === undefined) return undefined;
    const known = references.get(logicalId);
    if (known !== undefined) return known;
    const names = Object.entries(resource.Properties).filter(([property]) => namingProperties.has(property));
    const created = computeResourceReference(
      logicalId,
      resource.Type,
      resolveProperties(logicalId, names, resolve),
      context,
    );
    references.set(logicalId, created);
    return created;
  }

  const scope: TemplateNameResolver = {
    ref(name) {
      const known = pseudoParameters[name] ?? template.Parameters[name]?.Default ?? reference(name)?.ref;
      if (known === undefined)
        throw new TemplateError(`Ref ${name}: no such resource or parameter with a default`);
      return known;
    },
    attribute(logicalId, attribute) {
      const target = reference(logicalId);
      if (target === undefined)
        throw new TemplateError(`Fn::GetAtt ${logicalId}.${attribute}: no such resource`);
      const value = target.attributes[attribute];
      if (value === undefined) {
        throw new TemplateError(
          `Fn::GetAtt ${logicalId}.${attribute}: the local stack does not know this attribute`,
        );
      }
      return value;
    },
    condition: (name) => evaluateCondition(name, template.Conditions, resolve),
    mapping(map, topLevelKey, secondLevelKey) {
      const value = template.Mappings[map]?.[topLevelKey]?.[secondLevelKey];
      if (value === undefined) throw new TemplateError(`No mapping ${map}.${topLevelKey}.${secondLevelKey}`);
      return value;
    },
  };
  function resolve(value: unknown): unknown {
    return resolveIntrinsics(value, scope);
  }

  const existing = new Map(
    Object.entries(template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
    ),
  );
  const all = [...existing].flatMap(([logicalId, { Type, Properties, Metadata }]) => {
    const target = reference(logicalId);
    if (target === undefined) return [];
    return [{ logicalId, type: Type, rawProperties: Properties, metadata: Metadata, reference: target }];
  });

  return {
    resources: (...types) =>
      all
        .filter(({ type }) => types.includes(type))
        .map(({ rawProperties, ...resource }) => ({
          ...resource,
          properties: resolveProperties(resource.logicalId, Object.entries(rawProperties), resolve),
        })),
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs)
          .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
          .map(([name, { Value }]) => [name, String(resolve(Value))]),
      ),
  };
}

function resolveProperties(
  logicalId: string,
  properties: [string, unknown][],
  resolve: (value: unknown) => unknown,
): Record<string, unknown> {
  try {
    return Object.fromEntries(
      properties.map(([name, value]) => [name, resolve(value)]).filter(([, value]) => value !== undefined),
    );
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    throw new TemplateError(`${logicalId}: ${cause.message}`, { cause });
  }
}
