import type { StackTemplate } from '../../local/stack/template/stack-template.ts';
import type { AwsCall } from '../support/faulty-proxy.ts';
import { operationOf } from '../support/faulty-proxy.ts';

/** What a call needs to be allowed. */
export interface Need {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** What the request tells conditions, by condition key; a key that it does not tell is absent. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** One `Allow` of a function's policies. */
export interface Grant {
  readonly action: string;
  /** ARN, with wildcards. */
  readonly resource: string;
  readonly conditions?: Conditions;
}

/** By operator, then by condition key: all of them must hold. */
type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** IAM's wildcards: `*` any characters, `?` one. Actions compare without case. */
function matches(pattern: string, text: string, flags = ''): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`).test(text);
}

export function covers(grant: Grant, need: Need): boolean {
  return (
    matches(grant.action, need.action, 'i') &&
    matches(grant.resource, need.resource) &&
    conditionsHold(grant.conditions ?? {}, need.context ?? {})
  );
}

function conditionsHold(conditions: Conditions, context: NonNullable<Need['context']>): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) =>
      conditionHolds(operator, list(expected), context[key] ?? []),
    ),
  );
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html:
 * `ForAllValues` is true as well where the request does not tell the key, `Null` says whether it tells it.
 *
 * @throws Error for an operator that it does not know
 */
function conditionHolds(operator: string, expected: readonly string[], actual: readonly string[]): boolean {
  switch (operator) {
    case 'ForAllValues:StringLike':
      return actual.every((value) => expected.some((pattern) => matches(pattern, value)));
    case 'Null':
      return expected.includes(String(actual.length === 0));
    default:
      throw new Error(`this condition needs a better evaluator: ${operator}`);
  }
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

/** The policies of each function, by its name. Statements other than `Allow`s are refused: none is ours. */
export function grantsByFunction(template: StackTemplate): Map<string, Grant[]> {
  const policies = template.resources('AWS::IAM::Policy').map(({ properties }) => ({
    roles: list(properties.Roles),
    statements: Object(properties.PolicyDocument).Statement as Record<string, unknown>[],
  }));
  return new Map(
    template.resources('AWS::Lambda::Function').map(({ reference, properties }) => {
      const role = String(properties.Role).split(':').at(-1) ?? '';
      const statements = policies
        .filter(({ roles }) => roles.includes(role))
        .flatMap((policy) => policy.statements);
      return [reference.name, statements.flatMap(grantsOf)];
    }),
  );
}

function grantsOf({ Effect, Action, Resource, Condition, ...rest }: Record<string, unknown>): Grant[] {
  if (Effect !== 'Allow' || Object.keys(rest).some((key) => key !== 'Sid')) {
    throw new Error(`this statement needs a better evaluator: ${JSON.stringify({ Effect, ...rest })}`);
  }
  const conditions = Condition === undefined ? {} : { conditions: Condition as Conditions };
  return list(Action).flatMap((action) =>
    list(Resource).map((resource) => ({ action, resource, ...conditions })),
  );
}

const account = 'eu-west-1:000000000000';

/** @param leadingKey the partition key that the request names; undefined: none */
export function itemNeed(action: string, table: string, leadingKey: string | undefined): Need {
  return {
    action,
    resource: `arn:aws:dynamodb:${account}:table/${table}`,
    context: leadingKey === undefined ? {} : { 'dynamodb:LeadingKeys': [leadingKey] },
  };
}

/** The partition key of each table, by the table's name. */
export type PartitionKeys = ReadonlyMap<string, string>;

export function partitionKeysOf(template: StackTemplate): PartitionKeys {
  return new Map(
    template.resources('AWS::DynamoDB::GlobalTable').map(({ reference, properties }) => {
      const schema = properties.KeySchema as { AttributeName: string; KeyType: string }[];
      return [reference.name, schema.find(({ KeyType: type }) => type === 'HASH')?.AttributeName ?? ''];
    }),
  );
}

/** What IAM asks for when this call is made. @throws Error for a call that it does not know */
export function needsOf(call: AwsCall, partitionKeys: PartitionKeys): Need[] {
  const operation = operationOf(call);
  switch (call.service) {
    case 'dynamodb': {
      const { TableName: table, Key: key, Item: item } = JSON.parse(call.body);
      const leadingKey = (key ?? item)?.[partitionKeys.get(table) ?? '']?.S;
      return [itemNeed(`dynamodb:${operation}`, table, leadingKey)];
    }
    case 'sqs': {
      const queue = String(JSON.parse(call.body).QueueUrl).split('/').at(-1);
      return [
        { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: `arn:aws:sqs:${account}:${queue}` },
      ];
    }
    case 'secretsmanager':
      return [{ action: `secretsmanager:${operation}`, resource: JSON.parse(call.body).SecretId }];
    case 's3':
      return objectNeeds(call);
    default:
      throw new Error(`a call of an unknown service: ${call.service}`);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function objectNeeds({ method, url }: AwsCall): Need[] {
  const { pathname, searchParams: query } = new URL(url, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
  const object = `arn:aws:s3:::${bucket}/${key.join('/')}`;
  switch (method) {
    case 'GET':
      return [{ action: 's3:GetObject', resource: object }];
    case 'HEAD':
      // The second lets S3 answer 404 where there is no object, instead of 403.
      return [
        { action: 's3:GetObject', resource: object },
        { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` },
      ];
    case 'PUT':
      return [{ action: 's3:PutObject', resource: object }];
    case 'POST':
      if (query.has('uploads') || query.has('uploadId'))
        return [{ action: 's3:PutObject', resource: object }];
      break;
    case 'DELETE':
      if (query.has('uploadId')) return [{ action: 's3:AbortMultipartUpload', resource: object }];
      break;
  }
  throw new Error(`an unknown call of S3: ${method} ${url}`);
}
