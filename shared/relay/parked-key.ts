import { escapeIdForS3Key, verificationIdFormat } from '../platform/path-safe.ts';

const maxS3KeyLength = 1024;
/** The prefix of everything that is parked. */
export const parkedPrefix = 'parked/';
const unreadablePrefix = `${parkedPrefix}unreadable/`;

/**
 * Returns the key of a parked message or stream record. If the verification id is invalid or makes the key too long for S3,
 * the key contains only the sequence number of the stream record, which is unique.
 *
 * @param part the parked part of the record: `event-1`, `job-1`, or `record` for the whole record
 * @example 'parked/idnow/idnow!democompany!txn-1/4421584500000000017450439091-event-1.json'
 */
export function buildParkedObjectKey(
  verificationId: string | undefined,
  sequenceNumber: string,
  part: string,
): string {
  const provider = verificationIdFormat.exec(verificationId ?? '')?.[1];
  const key = `${parkedPrefix}${provider}/${escapeIdForS3Key(verificationId ?? '')}/${sequenceNumber}-${part}.json`;
  if (provider !== undefined && key.length <= maxS3KeyLength) return key;
  return `${unreadablePrefix}${sequenceNumber}${part === 'record' ? '' : `-${part}`}.json`;
}

/** Returns the provider in the key of a parked object. @returns undefined if the object is below `parked/unreadable/` */
export function readProviderOfParkedKey(key: string): string | undefined {
  return key.startsWith(unreadablePrefix) ? undefined : key.split('/')[1];
}
