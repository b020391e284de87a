/**
 * Returns a verification id as one segment of an S3 key. `!` replaces `:`, and `!!` replaces `%`, because S3 advises against
 * these characters. Ids never contain `!`, so different ids have different segments.
 *
 * @example escapeIdForS3Key('idnow:c:a%2Fb') === 'idnow!c!a!!2Fb'
 */
export function escapeIdForS3Key(verificationId: string): string {
  return verificationId.replaceAll(':', '!').replaceAll('%', '!!');
}

/**
 * The format of our verification ids, with the provider as its first group. Other text is not used in a key, because it
 * could point to another place in the bucket.
 */
export const verificationIdFormat = /^([a-z][a-z0-9]{0,31}):[A-Za-z0-9%._~:-]+$/;
