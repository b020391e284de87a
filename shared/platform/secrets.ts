import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const maxAgeMs = 5 * 60 * 1000;
const minRefreshMs = 30 * 1000;

/** One secret of Secrets Manager, as JSON. */
export interface Secret {
  /**
   * At most 5 minutes old; the last value is kept while Secrets Manager cannot be reached. Null where the
   * secret is empty or not JSON: that configures nothing, and so lets nobody in.
   */
  current(): Promise<unknown>;
  /**
   * Reads it again, for a credential that did not match: it may have been rotated just now. At most once
   * in 30 seconds, so that wrong credentials cannot make us hammer Secrets Manager.
   *
   * @returns undefined where it was read too recently or cannot be read
   */
  refreshed(): Promise<unknown>;
}

/** Starts to read at once, at init, so that the first request need not wait for it. */
export function awsSecret(client: SecretsManagerClient, secretId: string, now: () => number): Secret {
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
  // A failure here is not lost: the first request tries again, and reports it.
  read().catch(() => undefined);

  return {
    async current() {
      if (value === undefined) return read();
      const fresh = now() - readAt < maxAgeMs;
      // While Secrets Manager fails, requests do not each wait for it.
      const triedJustNow = now() - triedAt < minRefreshMs;
      return fresh || triedJustNow ? value : read().catch(() => value);
    },
    async refreshed() {
      return now() - triedAt < minRefreshMs ? undefined : read().catch(() => undefined);
    },
  };
}

async function fetchSecret(client: SecretsManagerClient, secretId: string): Promise<unknown> {
  const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // The parser's own message would quote the secret.
    return null;
  }
}
