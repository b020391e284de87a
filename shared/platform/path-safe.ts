/**
 * Returns a verification id as one segment of an S3 key. `!` replaces `:`, and `!!` replaces `%`, because S3 advises against
 * these characters. Ids never contain `!`, so different ids have different segments.
 *
 * @example toS3KeySegment('idnow:c:a%2Fb') === 'idnow!c!a!!2Fb'
 */
export function toS3KeySegment(verificationId: string): string {
  return verificationId.replaceAll(':', '!').replaceAll('%', '!!');
}
