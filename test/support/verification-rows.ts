import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { decodeRowContent } from '../../shared/verifications/row-content.ts';
import { convertWriteToItem, parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';

/** Reads the row of a verification directly from the table. */
export async function readVerificationRow(
  dynamodb: DynamoDBClient,
  TableName: string | undefined,
  verificationId: string,
): Promise<VerificationWrite> {
  const Key = { verificationId: { S: verificationId } };
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  if (Item === undefined) throw new Error(`the table has no row ${verificationId}`);
  return parseVerificationItem(Item);
}

/** Writes a row directly into the table, as any holder of a receiver's role can. */
export async function putVerificationRow(
  dynamodb: DynamoDBClient,
  TableName: string | undefined,
  row: VerificationWrite,
): Promise<void> {
  await dynamodb.send(new PutItemCommand({ TableName, Item: convertWriteToItem(row, 1) }));
}

const PutRequest = z.object({ Item: z.object({ content: z.object({ B: z.base64() }) }) });

/** Returns the content of the row that a call to DynamoDB writes, as JSON text; empty if the call writes no row. */
export function contentOfPut(body: string): string {
  const put = PutRequest.safeParse(JSON.parse(body));
  return put.success ? JSON.stringify(decodeRowContent(Buffer.from(put.data.Item.content.B, 'base64'))) : '';
}
