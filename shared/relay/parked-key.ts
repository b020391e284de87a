import { pathSafe } from '../platform/path-safe.ts';

/** Ids as the providers' folders make them: another id could lead to another place of the bucket. */
const verificationIds = /^([a-z][a-z0-9]{0,31}):[A-Za-z0-9%._~:-]+$/;
const longestS3Key = 1024;

/**
 * Where something is parked. A key that is not one of our ids, or too long for S3, leaves the number of the
 * stream record, which is unique.
 *
 * @param what `event-1`, `job-1`, or `record` for all of it
 * @example 'parked/idnow/idnow!democompany!txn-1/4421584500000000017450439091-event-1.json'
 */
export function parkedKey(verificationId: string | undefined, sequenceNumber: string, what: string): string {
  const provider = verificationIds.exec(verificationId ?? '')?.[1];
  const key = `parked/${provider}/${pathSafe(verificationId ?? '')}/${sequenceNumber}-${what}.json`;
  if (provider !== undefined && key.length <= longestS3Key) return key;
  return `parked/unreadable/${sequenceNumber}${what === 'record' ? '' : `-${what}`}.json`;
}
