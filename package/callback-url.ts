/** `idv-webhooks/callback-url`: signs the callback URL of a case. It needs no other package. */
export { ConfigurationError } from '../shared/platform/errors.ts';
export { signCallbackUrl } from '../shared/receiving/sign-callback-url.ts';
