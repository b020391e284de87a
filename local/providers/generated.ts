import { randomBytes } from 'node:crypto';

/** Generates a secret for a provider without a configuration. */
export const generated = () => randomBytes(18).toString('base64url');
