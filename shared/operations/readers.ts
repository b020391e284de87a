import type { Conclusion } from '../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Reading } from '../contract/reading.ts';
import type { EnvironmentVariables } from '../platform/environment.ts';
import type { ProviderApiDependencies } from '../provider-api/evidence-tools.ts';
import { parseRequestIntoReadings } from '../receiving/interpret-request.ts';
import { findProvider } from './stack/provider-list.ts';

/**
 * Reads the raw body of a delivery, as the receiver of its provider does. A reader is pure.
 *
 * @param reference the caller's own id from a signed URL; null if the URL contained none
 * @returns the reading of each case in the body
 */
export type DeliveryReader = (body: Uint8Array, reference: string | null) => readonly Reading[];

/** Reads an archived result, as the fetcher of its provider does. @throws EvidenceError if it is no result of the case */
export interface ResultReader {
  /** The name of the result in the archive: `report.json`. */
  readonly resultName: string;
  conclude(job: EvidenceJob, result: Uint8Array): Conclusion;
}

/**
 * Creates the reader of a provider's deliveries. It authenticates nothing: the deliveries of the history are authentic.
 *
 * This file is also what `idv diff-normalizer` builds from another revision. Keep its path and its exports.
 *
 * @param environment the environment variables of the provider's receiver
 * @throws ConfigurationError if there is no such provider, or a variable is missing or invalid
 */
export function createDeliveryReader(
  provider: ProviderName,
  environment: EnvironmentVariables,
): DeliveryReader {
  const adapter = findProvider(provider).webhook(environment);
  return (body, reference) =>
    parseRequestIntoReadings(adapter, {
      requestId: '',
      method: 'POST',
      sourceIp: '',
      headers: new Map(),
      pathParameters: reference === null ? {} : { reference },
      body,
    });
}

/**
 * Creates the reader of a provider's archived results. It calls nobody.
 *
 * @param environment the environment variables of the provider's fetcher; the id of its secret may be missing
 * @throws ConfigurationError if there is no such provider, or a variable is missing or invalid
 */
export function createResultReader(provider: ProviderName, environment: EnvironmentVariables): ResultReader {
  const secretId = { [`${provider.toUpperCase()}_API_SECRET_ID`]: 'unused' };
  return findProvider(provider).evidence({ ...environment, ...secretId }, noTools);
}

/** The tools of a reader, which makes no calls: each of them throws. */
const noTools: ProviderApiDependencies = {
  secret: () => ({ current: refuse, refreshed: refuse }),
  sessions: {
    read: refuse,
    acquireLease: refuse,
    save: refuse,
    releaseLease: refuse,
    recordFailure: refuse,
    pause: refuse,
    forgetFailures: refuse,
  },
  owner: 'reader',
  wait: refuse,
  now: () => 0,
};

function refuse(): never {
  throw new Error('a reader makes no calls');
}
