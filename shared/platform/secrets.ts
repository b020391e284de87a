import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

const maxAgeMs = 5 * 60 * 1000;
const minRefreshMs = 30 * 1000;

/** One JSON secret in Secrets Manager. */
export interface CachedSecret {
  /**
   * Returns the value, which is at most 5 minutes old. If Secrets Manager cannot be reached, this function returns the
   * last value.
   *
   * @returns null if the secret is empty or not JSON. Such a secret contains no credential, so the receiver refuses
   * each request
   */
  current(): Promise<unknown>;
  /**
   * Reads the secret again after a credential did not match, because somebody may have rotated it just now. This
   * function reads at most once in 30 seconds, so requests with wrong credentials cannot overload Secrets Manager.
   *
   * @returns undefined if the last read was too recent or the read fails
   */
  refreshed(): Promise<unknown>;
}

/**
 * Creates a cached secret. It reads the secret for the first time during the function's init phase, so that the first
 * request waits less.
 */
export function createCachedSecret(
  client: SecretsManagerClient,
  secretId: string,
  now: () => number,
): CachedSecret {
  let value: unknown;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<unknown> | null = null;

  const read = () => {
    triedAt = now();
    reading ??= fetchSecret(client, secretId)
      .then((fetched) => {
        value = fetched;
        readAt = now();
        return fetched;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  // Ignore an error of this first read of the secret. The first request reads the secret again, and reports the error.
  read().catch(() => undefined);

  return {
    async current() {
      if (value === undefined) return read();
      const isFresh = now() - readAt < maxAgeMs;
      // If the last read was less than 30 seconds ago, do not read again: if Secrets Manager fails, each request
      // would wait for a read.
      const wasJustTried = now() - triedAt < minRefreshMs;
      return isFresh || wasJustTried ? value : read().catch(() => value);
    },
    async refreshed() {
      return now() - triedAt < minRefreshMs ? undefined : read().catch(() => undefined);
    },
  };
}

async function fetchSecret(client: SecretsManagerClient, secretId: string): Promise<unknown> {
  const text = await readSecretText(client, secretId);
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // Ignore the parser's error and do not log it, because its message quotes the secret.
    return null;
  }
}

/** @returns undefined if the secret has no value: the stack creates it so, and an operator fills it in */
async function readSecretText(client: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
