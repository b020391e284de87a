import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

export interface IdentXmlSigningKey {
  publicKeyPem: string;
  /** Signs the bytes of an XML report. @returns the content of the `.xml.sig` file */
  sign(bytes: Buffer): Buffer;
}

/**
 * Creates a key pair for signatures as IDnow makes them: RSA with PKCS #1 v1.5 padding and SHA-512. The command that IDnow
 * documents can verify them: `openssl dgst -sha512 -verify key.pem -signature x.xml.sig x.xml`.
 */
export async function createIdentXmlSigningKey(): Promise<IdentXmlSigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign('sha512', bytes, privateKey),
  };
}
