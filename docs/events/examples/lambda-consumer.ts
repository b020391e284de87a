import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { VerificationEvent } from 'idv-webhooks/events';
import type { ApplyEvent } from './apply-event.ts';
import { caseTable } from './case-table.ts';

/**
 * Creates a Lambda handler for the events queue. The event source mapping needs `ReportBatchItemFailures`. After a
 * failure, the handler skips the later events of the same verification (`skipGroupOnError`), and reports them as failed,
 * too. So SQS delivers them again, in order.
 */
export function createHandler(apply: ApplyEvent): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const processor = new SqsFifoPartialProcessorAsync();
  const process = (record: SQSRecord) => processRecord(record, apply);
  return (event) => processPartialResponse(event, process, processor, { skipGroupOnError: true });
}

async function processRecord({ messageId, body }: SQSRecord, apply: ApplyEvent): Promise<void> {
  try {
    await apply(VerificationEvent.parse(JSON.parse(body)));
  } catch (error) {
    console.error('an event was not processed', messageId, error);
    throw error;
  }
}

const { CASES_TABLE: tableName = '' } = process.env;

export const handler = createHandler(
  caseTable({ dynamoDb: new DynamoDBClient(), s3: new S3Client(), tableName }),
);
