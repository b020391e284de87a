import type { UnconfirmedWrite, Verification } from './verification.ts';

type EncodableWrite = UnconfirmedWrite & { readonly verification: Partial<Verification> };

/**
 * The JSON of each write that was encoded. A write never changes, and is needed as JSON often: for its own row, for up to
 * four rows after it, and to measure it.
 */
const encodedWrites = new WeakMap<UnconfirmedWrite, string>();

/**
 * Returns a write as JSON, as the content of a row has it: without the id of its verification, without the time of the next
 * lookup, and without the unconfirmed writes before it.
 */
export function encodeWrite(write: EncodableWrite): string {
  return encodedWrites.get(write) ?? remember(write, encode(write));
}

/** Tells that two writes have the same JSON, so that the second is not encoded again if the first was. */
export function shareEncodedWrite(from: EncodableWrite, to: EncodableWrite): void {
  const json = encodedWrites.get(from);
  if (json !== undefined) remember(to, json);
}

function remember(write: EncodableWrite, json: string): string {
  encodedWrites.set(write, json);
  return json;
}

function encode({ verification, outbox }: EncodableWrite): string {
  const { verificationId: _id, nextLookupAt: _time, unconfirmed: _earlier, ...own } = verification;
  return JSON.stringify({ verification: own, outbox });
}
