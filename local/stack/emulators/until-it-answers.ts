import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { emulatorCredentials, localRegion } from '../aws-account.ts';
import { EmulatorError } from '../errors.ts';

const startDeadlineMs = 15_000;

/**
 * Waits until the DynamoDB at this URL answers a request.
 * @param failure a function that returns the reason why the emulator ended, or undefined while the emulator runs
 * @throws EmulatorError after 15 seconds, or if the emulator ended
 */
export async function waitUntilDynamoDbAnswers(
  url: string,
  failure: () => string | undefined = () => undefined,
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: url,
    region: localRegion,
    credentials: emulatorCredentials,
    maxAttempts: 1,
  });
  const deadline = Date.now() + startDeadlineMs;
  try {
    for (;;) {
      try {
        await client.send(new ListTablesCommand({}));
        return;
      } catch (cause) {
        const reason = failure();
        if (reason !== undefined)
          throw new EmulatorError(`The DynamoDB emulator ended: ${reason}`, { cause });
        if (Date.now() > deadline) throw new EmulatorError(`No DynamoDB answers at ${url}`, { cause });
        await delay(20);
      }
    }
  } finally {
    client.destroy();
  }
}
