import { createHmac } from 'node:crypto';

/** The address that a caller gives ID360 for one enrollment: its reference, and proof that it chose it. */
export function signUrl(url: string, reference: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(`id360/${reference}`).digest('base64url');
  return `${url}/${reference}/${signature}`;
}
