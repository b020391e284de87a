import { randomBytes } from 'node:crypto';

/** A secret for a simulator that nobody has configured. */
export const generated = () => randomBytes(18).toString('base64url');
