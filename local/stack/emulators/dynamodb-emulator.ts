import type { CleanupList } from '../cleanup.ts';
import { EmulatorError } from '../errors.ts';
import { startDynoxide } from './dynoxide.ts';
import { findDynoxideCommand } from './dynoxide-command.ts';
import { assertDynamoDbFeatures } from './required-features.ts';
import { chooseTableSuffix } from './table-suffix.ts';
import { waitUntilDynamoDbAnswers } from './until-it-answers.ts';

export interface DynamoDbEmulator {
  readonly url: string;
  /** The suffix of the names of this stack's tables. Empty if no other stack uses this DynamoDB. */
  readonly tableSuffix: string;
  /**
   * True if the stack must delete its tables when it stops: the DynamoDB at DYNAMODB_ENDPOINT is in use, and there is
   * no data directory.
   */
  readonly deleteTables: boolean;
}

/**
 * Starts the DynamoDB emulator dynoxide, or uses the DynamoDB at DYNAMODB_ENDPOINT.
 * @param dataDir the directory that stores the tables between starts
 * @throws EmulatorError if the DynamoDB lacks a feature that our functions need
 */
export async function startDynamoDbEmulator(
  dataDir: string | undefined,
  cleanup: CleanupList,
): Promise<DynamoDbEmulator> {
  const external = process.env.DYNAMODB_ENDPOINT;
  if (external === undefined || external === '') {
    const url = await startDynoxide(findDynoxideCommand(import.meta.url), dataDir, cleanup);
    return { url, tableSuffix: '', deleteTables: false };
  }
  if (!/^https?:\/\//.test(external) || !URL.canParse(external)) {
    throw new EmulatorError(`DYNAMODB_ENDPOINT is no HTTP URL: ${external}. Example: http://127.0.0.1:8000`);
  }
  await waitUntilDynamoDbAnswers(external);
  await assertDynamoDbFeatures(external);
  return {
    url: external,
    tableSuffix: await chooseTableSuffix(dataDir),
    deleteTables: dataDir === undefined,
  };
}
