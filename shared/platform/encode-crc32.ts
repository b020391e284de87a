/** Encodes a CRC32 as S3 expects it in the header `x-amz-checksum-crc32`: four bytes in base64. */
export function encodeCrc32(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}
