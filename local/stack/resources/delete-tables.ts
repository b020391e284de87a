import { DeleteTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { emulatorCredentials, localRegion } from '../aws-account.ts';
import type { ResolvedResource } from '../template/stack-template.ts';

/** Deletes the stack's tables from an external DynamoDB. Ignores tables that were not created. */
export async function deleteTables(endpoint: string, tables: ResolvedResource[]): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  try {
    for (const { reference } of tables) {
      await client.send(new DeleteTableCommand({ TableName: reference.name })).catch((error: unknown) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      });
    }
  } finally {
    client.destroy();
  }
}
