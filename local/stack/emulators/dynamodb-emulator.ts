import type { Cleanup } from '../cleanup.ts';
import { startDynoxide } from './dynoxide.ts';
import { dynoxideCommand } from './dynoxide-command.ts';
import { assertRequiredFeatures } from './required-features.ts';
import { tableSuffix } from './table-suffix.ts';
import { untilItAnswers } from './until-it-answers.ts';

export interface DynamoDbEmulator {
  readonly url: string;
  /** The suffix of all table names. Empty if only this stack uses the DynamoDB. */
  readonly tableSuffix: string;
  /** Whether to delete the tables when the stack stops: the server continues, and no data directory keeps the tables. */
  readonly deleteTables: boolean;
}

/**
 * Starts dynoxide, or uses the server at DYNAMODB_ENDPOINT.
 * @param dataDir a directory that keeps the tables between starts
 * @throws EmulatorError if the server lacks a feature that the system needs
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
