import type { ProviderName } from '../../contract/provider-name.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { createDeliveryReader, type DeliveryReader } from '../readers.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** Returns the reader of a provider's deliveries. @throws ConfigurationError if the stack has no such provider */
export type ReaderOf = (provider: ProviderName) => DeliveryReader;

/** Makes the readers of a stack's providers, each one when it is first used. @param create default: this version's readers */
export function createReaders(
  { receiverSettings, stageName }: Pick<OperatedStack, 'receiverSettings' | 'stageName'>,
  create: typeof createDeliveryReader = createDeliveryReader,
): ReaderOf {
  const readers = new Map<ProviderName, DeliveryReader>();
  return (provider) => {
    const settings = receiverSettings[provider];
    if (settings === undefined) throw new ConfigurationError(`${stageName} has no provider ${provider}`);
    const reader = readers.get(provider) ?? create(provider, settings);
    readers.set(provider, reader);
    return reader;
  };
}
