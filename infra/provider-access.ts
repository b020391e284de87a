import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import type { Storage } from './storage.ts';
import { allowItems } from './table-access.ts';

/** Lets a function read and write verifications of one provider. */
export function allowVerifications(fn: IFunction, { verifications }: Storage, provider: ProviderName) {
  allowItems(fn, verifications, [`${provider}:*`], ['dynamodb:GetItem', 'dynamodb:PutItem']);
}

/** Lets a function write deliveries of one provider, those in quarantine included. */
export function allowWritingDeliveries(fn: IFunction, { deliveries }: Storage, provider: ProviderName) {
  allowItems(fn, deliveries, [`${provider}:*`, `quarantine:${provider}`], ['dynamodb:PutItem']);
}

/** Lets a function use the API sessions of one provider: one for the whole provider, or one for each account. */
export function allowSessions(fn: IFunction, { sessions }: Storage, provider: ProviderName) {
  allowItems(fn, sessions, [provider, `${provider}:*`], ['dynamodb:GetItem', 'dynamodb:UpdateItem']);
}
