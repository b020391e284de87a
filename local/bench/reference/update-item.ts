/** A function that makes one UpdateItem call. The bench compares its CPU time with the CPU time of a delivery. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export async function handler({ id }: { id: string }): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: process.env.STORE_TABLE,
      Key: { id: { S: id }, at: { S: 'state' } },
      UpdateExpression: 'SET #status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': { S: 'SUCCESS' } },
    }),
  );
}
