/**
 * A verification's id as one segment of an S3 key: `!` stands for each character that S3 keys had better not
 * have. Ids never hold a `!` themselves, so two ids never share a segment.
 *
 * @example pathSafe('idnow:c:a%2Fb') === 'idnow!c!a!!2Fb'
 */
export function pathSafe(verificationId: string): string {
  return verificationId.replaceAll(':', '!').replaceAll('%', '!!');
}
