import { verify } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Check } from '../../contract/identity.ts';
import { EvidenceError } from '../evidence-error.ts';
import type { ZipFileContent } from '../evidence-source.ts';

/** Results are some 10 KB of XML; a larger file is not looked into. */
const maxBytes = 10 * 1024 * 1024;

/**
 * Verifies the signature that IDnow puts beside the XML result on request (`x.xml.sig`: RSA over the bytes of
 * `x.xml` with SHA-512): that the result comes from IDnow and has not been altered.
 *
 * @param keys IDnow's public keys, PEM; one of them must have signed
 * @returns `passed` null where the ZIP holds no signature, false where it is no ZIP at all
 */
export async function xmlSignatureCheck(
  files: AsyncIterable<ZipFileContent>,
  keys: readonly string[],
): Promise<Check> {
  const contents = await xmlFiles(files);
  if (contents === null) return check(false);
  const signatures = [...contents].filter(([name]) => name.endsWith('.sig'));
  const isSigned = ([name, signature]: [string, Buffer]) => {
    const xml = contents.get(name.replace(/\.sig$/, ''));
    return xml !== undefined && keys.some((key) => verify('sha512', xml, key, signature));
  };
  return check(signatures.length === 0 ? null : signatures.every(isSigned));
}

/** The XML files and their signatures, by name; null where the ZIP cannot be read. */
async function xmlFiles(files: AsyncIterable<ZipFileContent>): Promise<Map<string, Buffer> | null> {
  const contents = new Map<string, Buffer>();
  try {
    for await (const { fileName, uncompressedSize, body } of files) {
      const wanted = /\.xml(\.sig)?$/.test(fileName) && uncompressedSize <= maxBytes;
      if (wanted) contents.set(fileName, await buffer(body));
    }
    return contents;
  } catch (error) {
    if (error instanceof EvidenceError && error.kind === 'invalid') return null;
    throw error;
  }
}

const check = (passed: boolean | null): Check => ({
  name: 'xml_signature',
  passed,
  confidence: null,
  document: null,
  providerResult: null,
});
