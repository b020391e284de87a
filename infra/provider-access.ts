import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantItemActions } from './table-access.ts';

/** Allows a function to read and write the verifications of one provider. */
export function grantVerificationAccess(
  fn: IFunction,
  { verifications }: TablesAndBucket,
  provider: ProviderName,
) {
  grantItemActions(fn, verifications, [`${provider}:*`], ['dynamodb:GetItem', 'dynamodb:PutItem']);
}

/**
 * Allows a function to write the history of one provider: rows of its verifications, and quarantined deliveries that
 * name no verification.
 */
export function grantHistoryWrites(fn: IFunction, { history }: TablesAndBucket, provider: ProviderName) {
  grantItemActions(fn, history, [`${provider}:*`, `quarantine:${provider}:*`], ['dynamodb:PutItem']);
}

/**
 * Allows a function to use the login sessions of one provider. A provider has one login session, or one per account.
 */
export function grantSessionAccess(fn: IFunction, { sessions }: TablesAndBucket, provider: ProviderName) {
  grantItemActions(fn, sessions, [provider, `${provider}:*`], ['dynamodb:GetItem', 'dynamodb:UpdateItem']);
}
