import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

export interface SigningKey {
  publicKeyPem: string;
  /** What a `.xml.sig` file holds for these bytes. */
  sign(bytes: Buffer): Buffer;
}

/**
 * A key pair as the provider's: RSA with PKCS #1 v1.5 padding over SHA-512, so that its own instructions
 * (`openssl dgst -sha512 -verify key.pem -signature x.xml.sig x.xml`) succeed.
 */
export async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign('sha512', bytes, privateKey),
  };
}
