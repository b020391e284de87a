import { createHash } from 'node:crypto';

/**
 * Returns the SQS message group of a verification: its id, or the SHA-256 of an id with more than 128 characters, the limit
 * of SQS. All characters of an id are legal, because ids are percent-encoded.
 */
export function messageGroupIdOf(verificationId: string): string {
  return verificationId.length <= 128 ? verificationId : sha256(verificationId);
}

/**
 * Returns the deduplication id of an event. SQS drops a second message with the same deduplication id for 5 minutes.
 */
export function deduplicationIdOf(eventId: string): string {
  return sha256(eventId);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
