import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

export interface SigningKey {
  publicKeyPem: string;
  /** Returns the content of the `.xml.sig` file for these bytes. */
  sign(bytes: Buffer): Buffer;
}

/**
 * Creates a key pair of the same kind as IDnow's: RSA with PKCS #1 v1.5 padding over SHA-512. IDnow's instructions for
 * verification work with it: `openssl dgst -sha512 -verify key.pem -signature x.xml.sig x.xml`.
 */
export async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign('sha512', bytes, privateKey),
  };
}
