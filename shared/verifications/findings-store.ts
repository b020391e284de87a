import { type Findings, noFindings } from '../contract/identity.ts';
import type { BlobStore } from '../platform/blob-store.ts';

/** Findings, or where they are when they are too large for an event. */
export type StoredFindings =
  | { readonly kind: 'inline'; readonly findings: Findings }
  | { readonly kind: 'object'; readonly url: string };

export const nothingFound: StoredFindings = { kind: 'inline', findings: noFindings };

/**
 * An event is at most 200 KB, so that it fits the item (400 KB) beside the raw body (100 KB), and SQS.
 * 16 KB are left for everything that is not findings.
 */
const maxInlineBytes = 184 * 1024;

/**
 * Puts findings that are too large for an event into the bucket (CloudEvents `dataref`, the claim check);
 * smaller ones stay as they are.
 *
 * @param name unique for these findings, and the same whenever they are stored again
 */
export async function storeFindings(
  blobs: BlobStore,
  name: string,
  findings: Findings,
): Promise<StoredFindings> {
  const json = Buffer.from(JSON.stringify(findings));
  if (json.byteLength <= maxInlineBytes) return { kind: 'inline', findings };
  const key = `findings/${name}.json`;
  await blobs.put(key, json, 'application/json');
  return { kind: 'object', url: `s3://${blobs.bucket}/${key}` };
}
