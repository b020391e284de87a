import { createVerify, type Verify } from 'node:crypto';
import type { FileInZip } from '../../contract/evidence-adapter.ts';
import type { Check } from '../../contract/identity.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';

/**
 * The maximum size of all XML that one signature check reads. A real result is about 10 KB of XML, but a ZIP may
 * contain any amount.
 */
const maxTotalBytes = 100 * 1000 * 1000;

/**
 * The maximum size of a signature. An RSA signature is as long as its key (512 bytes at IDnow), so a much longer file
 * is no signature.
 */
const maxSignatureBytes = 16 * 1024;

const overLimit = 'not verified: the ZIP holds more than 100 MB of XML';

/** The hash algorithms of IDnow's signatures. Older results are signed with SHA-1. */
const algorithms = ['sha512', 'sha1'] as const;
const signedWithSha1 = 'valid, but signed with SHA-1, which is outdated';

/**
 * Verifies the signatures that IDnow adds to the XML result on request. `x.xml.sig` is an RSA signature of `x.xml` with
 * SHA-512, or with SHA-1 if it is old. A valid signature proves that the result comes from IDnow and is unchanged. The
 * files are streamed, not held in memory.
 *
 * @param keys IDnow's public keys in PEM format. A signature is valid if one of these keys made it
 * @returns a check. Its `passed` is true if every signature is valid, and false if a signature is invalid or the ZIP
 * cannot be read. It is null if the ZIP contains no signature, or too much XML to read. `providerResult` says so, and also
 * if a valid signature is one with SHA-1
 */
export async function checkXmlSignatures(
  files: AsyncIterable<FileInZip>,
  keys: readonly string[],
): Promise<Check> {
  const read = await readXml(files, keys);
  switch (read) {
    case 'unreadable':
      return check(false);
    case 'too large':
      return check(null, overLimit);
    default:
      return read.signatures.size === 0 ? check(null) : checkSignatures(read);
  }
}

interface SignedXml {
  /**
   * The verifiers of each XML file, by the file's name: one verifier per public key and hash algorithm. The value is null
   * if the ZIP contains two files of this name, or if the file is damaged.
   */
  readonly files: ReadonlyMap<string, readonly KeyVerifier[] | null>;
  readonly signatures: ReadonlyMap<string, Buffer | null>;
}

interface KeyVerifier {
  readonly key: string;
  readonly algorithm: (typeof algorithms)[number];
  readonly verify: Verify;
}

function checkSignatures({ files, signatures }: SignedXml): Check {
  const used = [...signatures].map(([name, signature]) => {
    const verifiers = files.get(name.replace(/\.sig$/, '')) ?? [];
    if (signature === null) return undefined;
    return verifiers.find(({ key, verify }) => verify.verify(key, signature))?.algorithm;
  });
  if (used.includes(undefined)) return check(false);
  return check(true, used.includes('sha1') ? signedWithSha1 : null);
}

async function readXml(
  files: AsyncIterable<FileInZip>,
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
        signatures.set(fileName, signatures.has(fileName) ? null : await readSignature(file));
      } else {
        xmlFiles.set(fileName, xmlFiles.has(fileName) ? null : await hashXml(file, keys));
      }
    }
    return { files: xmlFiles, signatures };
  } catch (error) {
    if (error instanceof EvidenceError && error.kind === 'invalid') return 'unreadable';
    throw error;
  }
}

/**
 * Reads a signature file of IDnow's ZIP.
 *
 * @returns null if the file is damaged, or longer than an RSA signature
 */
async function readSignature({ uncompressedSize, body }: FileInZip): Promise<Buffer | null> {
  if (uncompressedSize > maxSignatureBytes) return null;
  const chunks: Uint8Array[] = [];
  const isIntact = await readsIntact(body, (chunk) => void chunks.push(chunk));
  return isIntact ? Buffer.concat(chunks) : null;
}

/**
 * Hashes an XML file once for each public key and algorithm. The hashing does not wait for the signature, because the signature may
 * be later in the ZIP.
 *
 * @returns null if the file is damaged
 */
async function hashXml({ body }: FileInZip, keys: readonly string[]): Promise<readonly KeyVerifier[] | null> {
  const verifiers = keys.flatMap((key) =>
    algorithms.map((algorithm) => ({ key, algorithm, verify: createVerify(algorithm) })),
  );
  const isIntact = await readsIntact(body, (chunk) => {
    for (const { verify } of verifiers) verify.update(chunk);
  });
  return isIntact ? verifiers : null;
}

/**
 * Reads a file of IDnow's ZIP, chunk by chunk.
 *
 * @returns false if the file is damaged
 */
async function readsIntact(
  body: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void,
): Promise<boolean> {
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
