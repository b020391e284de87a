/** The smallest function that uses DynamoDB. The bench compares its import with the import of a receiver. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = () => client.config.region();
