/** Removes the digest from the folder in a key of findings, so that a test can name the key. */
export function withoutDigest(key: string): string {
  return key.replace(/(findings\/.*)\.[0-9a-f]{8}\//, '$1/');
}
