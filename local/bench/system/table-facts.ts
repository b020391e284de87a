import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What the cost of a table depends on. */
export interface TableFacts {
  /** True if the table has the class Standard-IA. */
  readonly isInfrequent: boolean;
  /** The names of the key attributes. */
  readonly key: readonly string[];
  /** The names of the key attributes of each index. */
  readonly indexKeys: readonly (readonly string[])[];
}

/** Returns a function that describes tables. It asks for each table only once. */
export function createTableReader(dynamodb: DynamoDBClient): (table: string) => Promise<TableFacts> {
  const known = new Map<string, TableFacts>();
  return async (TableName) => {
    const before = known.get(TableName);
    if (before !== undefined) return before;
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const facts = {
      isInfrequent: Table?.TableClassSummary?.TableClass === 'STANDARD_INFREQUENT_ACCESS',
      key: namesOf(Table?.KeySchema),
      indexKeys: (Table?.GlobalSecondaryIndexes ?? []).map(({ KeySchema }) => namesOf(KeySchema)),
    };
    known.set(TableName, facts);
    return facts;
  };
}

const namesOf = (schema: readonly { AttributeName: string | undefined }[] = []) =>
  schema.map(({ AttributeName = '' }) => AttributeName);
