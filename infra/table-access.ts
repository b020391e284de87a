import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { grantKeyUse } from './key-access.ts';

type ItemAction = 'dynamodb:GetItem' | 'dynamodb:PutItem' | 'dynamodb:UpdateItem';
type TableAction = 'dynamodb:PutItem' | 'dynamodb:Query' | 'dynamodb:BatchWriteItem';

const leadingKeys = 'dynamodb:LeadingKeys';

/**
 * Allows a function exactly these actions on items whose partition key matches a pattern, such as `idnow:*`. The
 * condition `ForAllValues` alone would also allow a request without a key. The condition `Null` denies such a request.
 */
export function grantItemActions(
  fn: IFunction,
  table: ITableV2,
  keys: string[],
  actions: ItemAction[],
): void {
  fn.addToRolePolicy(
    new PolicyStatement({
      actions,
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { [leadingKeys]: keys },
        Null: { [leadingKeys]: 'false' },
      },
    }),
  );
  grantTableKey(fn, table);
}

/**
 * Allows a function to read an index of a table. AWS documents `LeadingKeys` only for the keys of a table, so the statement
 * has no such condition. Use it only for an index that contains nothing but keys.
 */
export function grantIndexReading(
  fn: IFunction,
  table: ITableV2,
  index: string,
  action: 'dynamodb:Query' | 'dynamodb:Scan',
): void {
  const resources = [`${table.tableArn}/index/${index}`];
  fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources }));
  grantTableKey(fn, table);
}

/**
 * Allows a function exactly these actions on all items of a table, but not on the table's indexes. CDK's `grant` would
 * allow the actions on the indexes, too.
 */
export function grantTableActions(fn: IFunction, table: ITableV2, actions: TableAction[]): void {
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [table.tableArn] }));
  grantTableKey(fn, table);
}

/** Allows Lambda to read the stream of a table for a function. */
export function grantStreamReading(fn: IFunction, table: ITableV2, streamArn: string): void {
  const actions = [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ];
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [streamArn] }));
  grantTableKey(fn, table);
}

/** DynamoDB decrypts the key of a table for each caller, for reads, writes and streams. */
function grantTableKey(fn: IFunction, { encryptionKey }: Pick<ITableV2, 'encryptionKey'>): void {
  grantKeyUse(fn, encryptionKey, 'dynamodb', ['kms:Decrypt']);
}
