import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundles (see `infra/bundle.ts`). Lambda always passes the credentials
 * of its role in environment variables. The SDK's own provider, which also searches files, SSO and STS, would add 110 KB
 * to the receiver.
 */
export const defaultProvider = () => fromEnv();
