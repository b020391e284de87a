import { createVerify, type Verify } from 'node:crypto';
import type { ZipFileContent } from '../../contract/evidence-source.ts';
import type { Check } from '../../contract/identity.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';

/** Results are some 10 KB of XML. What is read for the check is bounded in total, whatever the ZIP holds. */
const maxTotalBytes = 100 * 1000 * 1000;

/** An RSA signature is as long as its key: 512 bytes. */
const maxSignatureBytes = 16 * 1024;

const overLimit = 'not verified: the ZIP holds more than 100 MB of XML';

/**
 * Verifies the signature that IDnow puts beside the XML result on request (`x.xml.sig`: RSA over the bytes of
 * `x.xml` with SHA-512): that the result comes from IDnow and has not been altered. The files pass through, none is
 * held.
 *
 * @param keys IDnow's public keys, PEM; one of them must have signed
 * @returns `passed` true only where every signature is good; false where one is not, or the ZIP cannot be read; null where
 * the ZIP holds no signature, or more than is read (`providerResult` says so)
 */
export async function xmlSignatureCheck(
  files: AsyncIterable<ZipFileContent>,
  keys: readonly string[],
): Promise<Check> {
  const read = await readXml(files, keys);
  switch (read) {
    case 'unreadable':
      return check(false);
    case 'too large':
      return check(null, overLimit);
    default:
      return check(read.signatures.size === 0 ? null : areGood(read));
  }
}

interface SignedXml {
  /** What each key makes of an XML file, by the file's name; null where the name comes twice, or the file is damaged. */
  readonly files: ReadonlyMap<string, readonly KeyVerifier[] | null>;
  readonly signatures: ReadonlyMap<string, Buffer | null>;
}

interface KeyVerifier {
  readonly key: string;
  readonly verify: Verify;
}

function areGood({ files, signatures }: SignedXml): boolean {
  return [...signatures].every(([name, signature]) => {
    const verifiers = files.get(name.replace(/\.sig$/, ''));
    return signature !== null && !!verifiers?.some(({ key, verify }) => verify.verify(key, signature));
  });
}

async function readXml(
  files: AsyncIterable<ZipFileContent>,
  keys: readonly string[],
): Promise<SignedXml | 'unreadable' | 'too large'> {
  const xmlFiles = new Map<string, readonly KeyVerifier[] | null>();
  const signatures = new Map<string, Buffer | null>();
  let total = 0;
  try {
    for await (const file of files) {
      const { fileName, uncompressedSize } = file;
      if (!/\.xml(\.sig)?$/.test(fileName)) continue;
      total += uncompressedSize;
      if (total > maxTotalBytes) return 'too large';
      if (fileName.endsWith('.sig')) {
        signatures.set(fileName, signatures.has(fileName) ? null : await signatureIn(file));
      } else {
        xmlFiles.set(fileName, xmlFiles.has(fileName) ? null : await verifiersOf(file, keys));
      }
    }
    return { files: xmlFiles, signatures };
  } catch (error) {
    if (error instanceof EvidenceError && error.kind === 'invalid') return 'unreadable';
    throw error;
  }
}

/** Null where it is damaged, or none of RSA. */
async function signatureIn({ uncompressedSize, body }: ZipFileContent): Promise<Buffer | null> {
  if (uncompressedSize > maxSignatureBytes) return null;
  const chunks: Uint8Array[] = [];
  const isIntact = await passes(body, (chunk) => void chunks.push(chunk));
  return isIntact ? Buffer.concat(chunks) : null;
}

/** A digest of the file for each key: the signature may come later in the ZIP. */
async function verifiersOf(
  { body }: ZipFileContent,
  keys: readonly string[],
): Promise<readonly KeyVerifier[] | null> {
  const verifiers = keys.map((key) => ({ key, verify: createVerify('sha512') }));
  const isIntact = await passes(body, (chunk) => {
    for (const { verify } of verifiers) verify.update(chunk);
  });
  return isIntact ? verifiers : null;
}

/** @returns false where the file is damaged */
async function passes(body: AsyncIterable<Uint8Array>, take: (chunk: Uint8Array) => void): Promise<boolean> {
  try {
    for await (const chunk of body) take(chunk);
    return true;
  } catch (error) {
    if (error instanceof EvidenceError && error.kind === 'corrupt') return false;
    throw error;
  }
}

const check = (passed: boolean | null, providerResult: string | null = null): Check => ({
  name: 'xml_signature',
  passed,
  confidence: null,
  document: null,
  providerResult,
});
