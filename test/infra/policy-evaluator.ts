import type { StackTemplate } from '../../local/stack/template/stack-template.ts';
import type { AwsCall } from '../support/faulty-proxy.ts';
import { operationOf } from '../support/faulty-proxy.ts';

/** A permission that IAM requires for an AWS call. */
export interface RequiredPermission {
  readonly action: string;
  /** The ARN of the AWS resource that the call uses. */
  readonly resource: string;
  /** The request's values for each IAM condition key. A key without a value in the request is absent. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** A permission from a function's policies: one action on one resource, which can have conditions. */
export interface Grant {
  readonly action: string;
  /** The ARN of the AWS resource that the policy allows. It can have wildcards. */
  readonly resource: string;
  readonly conditions?: Conditions;
}

/** The expected values of each condition, by operator and condition key. Access requires that all conditions are true. */
type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Returns true if a text matches a pattern with IAM's wildcards: `*` is any number of characters, `?` is one. */
function matches(pattern: string, text: string, flags = ''): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`).test(text);
}

/** Returns true if a grant allows a call that requires this permission. */
export function grantAllows(grant: Grant, permission: RequiredPermission): boolean {
  return (
    matches(grant.action, permission.action, 'i') &&
    matches(grant.resource, permission.resource) &&
    conditionsHold(grant.conditions ?? {}, permission.context ?? {})
  );
}

function conditionsHold(
  conditions: Conditions,
  context: NonNullable<RequiredPermission['context']>,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) =>
      conditionHolds(operator, list(expected), context[key] ?? []),
    ),
  );
}

/**
 * Returns true if a request meets one condition of a policy. `ForAllValues` is also true if the request has no value for
 * the key. `Null` with the value `true` requires that the request has no value, and with `false` that it has a value. See
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 *
 * @throws Error for an unknown operator
 */
function conditionHolds(operator: string, expected: readonly string[], actual: readonly string[]): boolean {
  switch (operator) {
    case 'ForAllValues:StringLike':
      return actual.every((value) => expected.some((pattern) => matches(pattern, value)));
    case 'StringLike':
      return (
        actual.length === 1 && actual.every((value) => expected.some((pattern) => matches(pattern, value)))
      );
    case 'StringEquals':
      return actual.length === 1 && actual.every((value) => expected.includes(value));
    case 'Null':
      return expected.includes(String(actual.length === 0));
    default:
      throw new Error(`unknown condition operator: ${operator}`);
  }
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

/** Returns the grants of each function, by function name. Throws for a statement that is not a plain `Allow`. */
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

/** Returns the grants of one statement. Throws for a statement that is not a plain `Allow`. */
export function grantsOf({ Effect, Action, Resource, Condition, ...rest }: Record<string, unknown>): Grant[] {
  if (Effect !== 'Allow' || Object.keys(rest).some((key) => key !== 'Sid')) {
    throw new Error(`unknown kind of statement: ${JSON.stringify({ Effect, ...rest })}`);
  }
  const conditions = Condition === undefined ? {} : { conditions: Condition as Conditions };
  return list(Action).flatMap((action) =>
    list(Resource).map((resource) => ({ action, resource, ...conditions })),
  );
}

const account = 'eu-west-1:000000000000';

/**
 * Returns the permission that a request to a DynamoDB table requires.
 *
 * @param leadingKey the partition key in the request; undefined if the request has no key, such as a Scan
 */
export function itemPermission(
  action: string,
  table: string,
  leadingKey: string | undefined,
): RequiredPermission {
  return {
    action,
    resource: `arn:aws:dynamodb:${account}:table/${table}`,
    context: leadingKey === undefined ? {} : { 'dynamodb:LeadingKeys': [leadingKey] },
  };
}

export function factsOf(template: StackTemplate): ResourceFacts {
  const [key] = template.resources('AWS::KMS::Key');
  return { partitionKeys: partitionKeysOf(template), keyArn: key?.reference.attributes.Arn ?? 'no key' };
}

/** The name of each table's partition key, by table name. */
export type PartitionKeys = ReadonlyMap<string, string>;

export function partitionKeysOf(template: StackTemplate): PartitionKeys {
  return new Map(
    template.resources('AWS::DynamoDB::GlobalTable').map(({ reference, properties }) => {
      const schema = properties.KeySchema as { AttributeName: string; KeyType: string }[];
      return [reference.name, schema.find(({ KeyType: type }) => type === 'HASH')?.AttributeName ?? ''];
    }),
  );
}

/** What the permissions for a call depend on, besides the call. */
export interface ResourceFacts {
  readonly partitionKeys: PartitionKeys;
  /** The ARN of the key that encrypts the tables, the queues, the bucket and the secrets. */
  readonly keyArn: string;
}

/**
 * Returns the permissions that IAM requires for a call: for the resource, and for its key.
 *
 * @throws Error for an unknown call
 */
export function permissionsRequiredBy(call: AwsCall, facts: ResourceFacts): RequiredPermission[] {
  const context = { 'kms:ViaService': [`${call.service}.eu-west-1.amazonaws.com`] };
  const ofKey = keyActionsOf(call).map((action) => ({ action, resource: facts.keyArn, context }));
  return [...resourcePermissions(call, facts.partitionKeys), ...ofKey];
}

/**
 * Returns the uses of the key that the service makes for a call. See "How … uses AWS KMS" in the documentation of each
 * service; for parts of an upload:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
function keyActionsOf(call: AwsCall): string[] {
  const operation = operationOf(call).replace(/Batch$/, '');
  const query = new URL(call.url, 'http://any').searchParams;
  switch (call.service) {
    case 'dynamodb':
      return ['kms:Decrypt'];
    case 'secretsmanager':
      return operation === 'GetSecretValue' ? ['kms:Decrypt'] : [];
    case 'sqs':
      if (operation === 'SendMessage') return ['kms:GenerateDataKey', 'kms:Decrypt'];
      return operation === 'ReceiveMessage' ? ['kms:Decrypt'] : [];
    case 's3':
      if (call.method === 'PUT')
        return ['kms:GenerateDataKey', ...(query.has('uploadId') ? ['kms:Decrypt'] : [])];
      if (query.has('versions') || query.has('list-type')) return [];
      return call.method === 'GET' || call.method === 'HEAD' ? ['kms:Decrypt'] : [];
    default:
      return [];
  }
}

function resourcePermissions(call: AwsCall, partitionKeys: PartitionKeys): RequiredPermission[] {
  const operation = operationOf(call);
  switch (call.service) {
    case 'dynamodb': {
      const {
        TableName: table,
        IndexName: index,
        Key: key,
        Item: item,
        RequestItems: batch,
      } = JSON.parse(call.body);
      if (index !== undefined)
        return [itemPermission(`dynamodb:${operation}`, `${table}/index/${index}`, undefined)];
      if (operation === 'Query' || operation === 'BatchWriteItem')
        return [table ?? Object.keys(batch)]
          .flat()
          .map((name) => itemPermission(`dynamodb:${operation}`, name, undefined));
      const leadingKey = (key ?? item)?.[partitionKeys.get(table) ?? '']?.S;
      return [itemPermission(`dynamodb:${operation}`, table, leadingKey)];
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
      return objectPermissions(call);
    default:
      throw new Error(`unknown service: ${call.service}`);
  }
}

/**
 * Returns the permissions that a call of S3 requires. See
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
function objectPermissions({ method, url, body }: AwsCall): RequiredPermission[] {
  const { pathname, searchParams: query } = new URL(url, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
  const object = `arn:aws:s3:::${bucket}/${key.join('/')}`;
  switch (method) {
    case 'GET':
      if (query.has('versions')) {
        const context = { 's3:prefix': query.getAll('prefix') };
        return [{ action: 's3:ListBucketVersions', resource: `arn:aws:s3:::${bucket}`, context }];
      }
      if (query.has('list-type')) {
        const context = { 's3:prefix': query.getAll('prefix') };
        return [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context }];
      }
      return [{ action: 's3:GetObject', resource: object }];
    case 'HEAD':
      // S3 answers 404 for a missing object only if the caller has `s3:ListBucket`. Otherwise, S3 answers 403.
      return [
        { action: 's3:GetObject', resource: object },
        { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` },
      ];
    case 'PUT':
      return [{ action: 's3:PutObject', resource: object }];
    case 'POST':
      if (query.has('delete')) return deletePermissions(bucket, body);
      if (query.has('uploads') || query.has('uploadId'))
        return [{ action: 's3:PutObject', resource: object }];
      break;
    case 'DELETE':
      if (query.has('uploadId')) return [{ action: 's3:AbortMultipartUpload', resource: object }];
      break;
  }
  throw new Error(`unknown call of S3: ${method} ${url}`);
}

/** Returns the permissions that DeleteObjects requires: for each object, two if the request names a version. */
function deletePermissions(bucket: string, body: string): RequiredPermission[] {
  return [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].flatMap(([, object = '']) => {
    const [, key = ''] = /<Key>(.*?)<\/Key>/.exec(object) ?? [];
    const actions = object.includes('<VersionId>')
      ? ['s3:DeleteObject', 's3:DeleteObjectVersion']
      : ['s3:DeleteObject'];
    return actions.map((action) => ({ action, resource: `arn:aws:s3:::${bucket}/${key}` }));
  });
}
