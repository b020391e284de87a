import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

type ItemAction = 'dynamodb:GetItem' | 'dynamodb:PutItem' | 'dynamodb:UpdateItem';

const leadingKeys = 'dynamodb:LeadingKeys';

/**
 * Lets a function do exactly this with the items whose partition key matches one of the patterns (`idnow:*`).
 * `ForAllValues` alone is true for a request that names no key at all; `Null` refuses such a request.
 */
export function allowItems(fn: IFunction, table: ITableV2, keys: string[], actions: ItemAction[]): void {
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
}
