import { randomBytes } from 'node:crypto';

/** Generates a random secret, for a provider that the `--config` file does not configure. */
export const generateSecret = () => randomBytes(18).toString('base64url');
