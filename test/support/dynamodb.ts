import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startDynamoDbEmulator } from '../../local/stack/emulators/dynamodb-emulator.ts';
import { openCaseIndex } from '../../shared/verifications/open-case-index.ts';

export interface DynamoDbUnderTest {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  /** Creates a table whose keys have the type string. @returns the table's name */
  createTable(name: string, partitionKey: string, sortKey?: string): Promise<string>;
  /** Creates a table like `Verifications`, with its index of open cases. @returns the table's name */
  createVerificationsTable(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the DynamoDB emulator of the local stack, without the rest of the local stack. */
export async function startDynamoDb(): Promise<DynamoDbUnderTest> {
  const cleanup = new CleanupList();
  const { url: endpoint } = await startDynamoDbEmulator(undefined, cleanup);
  const client = new DynamoDBClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  cleanup.add(() => client.destroy());
  return {
    client,
    endpoint,
    async createTable(name, partitionKey, sortKey) {
      const names = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: names.map((AttributeName, index) => ({
            AttributeName,
            KeyType: index === 0 ? 'HASH' : 'RANGE',
          })),
        }),
      );
      return name;
    },
    async createVerificationsTable(name) {
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'verificationId', AttributeType: 'S' },
            { AttributeName: 'openCase', AttributeType: 'S' },
            { AttributeName: 'nextLookupAt', AttributeType: 'N' },
          ],
          KeySchema: [{ AttributeName: 'verificationId', KeyType: 'HASH' }],
          GlobalSecondaryIndexes: [
            {
              IndexName: openCaseIndex,
              KeySchema: [
                { AttributeName: 'openCase', KeyType: 'HASH' },
                { AttributeName: 'nextLookupAt', KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
        }),
      );
      return name;
    },
    stop: () => cleanup.run(),
  };
}
