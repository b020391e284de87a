import * as z from 'zod';
import { countReadUnits, countReplacementUnits } from '../numbers/capacity.ts';
import { noUsage, type Usage } from '../numbers/costs.ts';
import { countExactItemBytes, JsonItem } from '../numbers/item-size.ts';
import type { AwsCall } from './aws-proxy.ts';
import type { TableFacts } from './table-facts.ts';

const DynamoDbRequest = z.object({ TableName: z.string(), Item: JsonItem.optional() });
const DynamoDbAnswer = z.object({
  ConsumedCapacity: z.object({ CapacityUnits: z.number() }).optional(),
  /** The item in the answer: the item that was read, or the existing item if a condition failed. */
  Item: JsonItem.optional(),
});
const SqsRequest = z.object({ QueueUrl: z.string() });

/** SQS counts each 64 KB of a request as a request. */
const sqsRequestBytes = 64 * 1024;

/**
 * Returns what a call costs. Calls to Secrets Manager cost nothing here: an instance makes one in 5 minutes.
 *
 * @param factsOf describes a table
 */
export async function measureCall(
  call: AwsCall,
  factsOf: (table: string) => Promise<Pick<TableFacts, 'isInfrequent'>>,
): Promise<Usage> {
  switch (call.service) {
    case 'dynamodb':
      return measureDynamoDbCall(call, factsOf);
    case 'sqs': {
      const requests = Math.ceil(Buffer.byteLength(call.requestBody) / sqsRequestBytes);
      const { QueueUrl } = SqsRequest.parse(JSON.parse(call.requestBody));
      return QueueUrl.endsWith('.fifo')
        ? { ...noUsage, fifoRequests: requests }
        : { ...noUsage, queueRequests: requests };
    }
    case 's3':
      return ['PUT', 'POST'].includes(call.operation)
        ? { ...noUsage, objectPuts: 1 }
        : { ...noUsage, objectGets: 1 };
    default:
      return noUsage;
  }
}

/** Uses the units that the emulator reports. If it reports none, computes them from the items, as AWS documents. */
async function measureDynamoDbCall(
  { operation, requestBody, answerBody }: AwsCall,
  factsOf: (table: string) => Promise<Pick<TableFacts, 'isInfrequent'>>,
): Promise<Usage> {
  const { TableName, Item: written } = DynamoDbRequest.parse(JSON.parse(requestBody));
  const answer = DynamoDbAnswer.parse(JSON.parse(answerBody));
  const reported = answer.ConsumedCapacity?.CapacityUnits;
  const bytesOf = (item: JsonItem | undefined) => (item === undefined ? 0 : countExactItemBytes(item));
  if (['GetItem', 'Query'].includes(operation)) {
    return { ...noUsage, readUnits: reported ?? countReadUnits(bytesOf(answer.Item)) };
  }
  const computed = countReplacementUnits(bytesOf(answer.Item), bytesOf(written));
  const writeUnits = reported ?? computed;
  const { isInfrequent } = await factsOf(TableName);
  return { ...noUsage, writeUnits, infrequentWriteUnits: isInfrequent ? writeUnits : 0 };
}
