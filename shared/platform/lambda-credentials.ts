import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundles (see `infra/bundle.ts`). Lambda always passes the credentials
 * of its role in environment variables. The SDK's own provider, which also searches files, SSO and STS, would add 110 KB
 * to the receiver. Like that provider, this one reads the credentials once: they do not change while a process lives.
 */
export const defaultProvider = () => {
  const read = fromEnv();
  let credentials: ReturnType<typeof read> | undefined;
  return () => {
    credentials ??= read();
    return credentials;
  };
};
