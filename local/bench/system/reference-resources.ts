import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';

const idempotencyTable = 'textbook-idempotency';
const storeTable = 'textbook-store';

interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** The URL that functions use for SQS. */
  readonly sqsUrl: string;
}

/** The environment of the functions that ours are compared with. */
export interface ReferenceEnvironment {
  readonly IDEMPOTENCY_TABLE: string;
  readonly STORE_TABLE: string;
  readonly QUEUE_URL: string;
}

/** Creates the tables and the queue of the functions that ours are compared with. */
export async function createReferenceResources({
  dynamodb,
  sqs,
  sqsUrl,
}: Clients): Promise<ReferenceEnvironment> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName: idempotencyTable,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  await dynamodb.send(
    new CreateTableCommand({
      TableName: storeTable,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'S' },
      ],
    }),
  );
  const queue = { QueueName: 'textbook.fifo', Attributes: { FifoQueue: 'true' } };
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand(queue));
  const { pathname } = new URL(QueueUrl);
  return {
    IDEMPOTENCY_TABLE: idempotencyTable,
    STORE_TABLE: storeTable,
    QUEUE_URL: new URL(pathname, sqsUrl).href,
  };
}
