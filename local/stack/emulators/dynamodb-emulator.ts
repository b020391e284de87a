import type { Cleanup } from '../cleanup.ts';
import { startDynoxide } from './dynoxide.ts';
import { dynoxideCommand } from './dynoxide-command.ts';
import { assertRequiredFeatures } from './required-features.ts';
import { tableSuffix } from './table-suffix.ts';
import { untilItAnswers } from './until-it-answers.ts';

export interface DynamoDbEmulator {
  readonly url: string;
  /** Ends the name of each table. Empty for a DynamoDB that only this stack uses. */
  readonly tableSuffix: string;
  /** True if the tables would outlive the stack although nobody asked to keep them. */
  readonly deleteTables: boolean;
}

/**
 * Starts dynoxide, or takes the server that DYNAMODB_ENDPOINT names.
 * @param dataDir keeps the tables from one start to the next
 * @throws EmulatorError if that server lacks a feature that the system needs
 */
export async function startDynamoDbEmulator(
  dataDir: string | undefined,
  cleanup: Cleanup,
): Promise<DynamoDbEmulator> {
  const external = process.env.DYNAMODB_ENDPOINT;
  if (external === undefined || external === '') {
    const url = await startDynoxide(dynoxideCommand(import.meta.url), dataDir, cleanup);
    return { url, tableSuffix: '', deleteTables: false };
  }
  await untilItAnswers(external);
  await assertRequiredFeatures(external);
  return {
    url: external,
    tableSuffix: await tableSuffix(dataDir),
    deleteTables: dataDir === undefined,
  };
}
