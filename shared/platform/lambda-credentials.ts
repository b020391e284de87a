import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (see `infra/bundle.ts`): Lambda hands its
 * role's credentials over in environment variables, always. The chain that looks for them in files, SSO and
 * STS would be 110 KB of the receiver.
 */
export const defaultProvider = () => fromEnv();
