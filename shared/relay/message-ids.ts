import { createHash } from 'node:crypto';

/**
 * The message group of a verification: its id, or the id's SHA-256 where it is longer than SQS takes (128
 * characters). Ids are percent-encoded, so that all their characters are legal.
 */
export function messageGroupIdOf(verificationId: string): string {
  return verificationId.length <= 128 ? verificationId : sha256(verificationId);
}

/** SQS drops a second message with the same one for 5 minutes. */
export function deduplicationIdOf(eventId: string): string {
  return sha256(eventId);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
