import { createHash } from 'node:crypto';

/**
 * Returns the SQS message group of a verification: its id, or the SHA-256 of its id if the id has more than 128
 * characters, which is the limit of SQS. SQS accepts all characters of our ids, because the ids are percent-encoded.
 */
export function buildMessageGroupId(verificationId: string): string {
  return verificationId.length <= 128 ? verificationId : sha256(verificationId);
}

/**
 * Returns the deduplication id of an event. SQS drops a second message with the same deduplication id for 5 minutes.
 */
export function buildDeduplicationId(eventId: string): string {
  return sha256(eventId);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
