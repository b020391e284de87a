import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { StoredBody } from '../../verifications/delivery.ts';
import { restoreRawBody } from '../../verifications/raw-body.ts';
import { readObject, type StackWithObjects } from './read-object.ts';

/** A body is 10 MB at most, the limit of API Gateway. */
const maxBodyBytes = 10 * 1024 * 1024;

/**
 * Reads the raw body of a delivery, from its row or from the bucket.
 *
 * @returns the bytes as the provider sent them; null if the bucket no longer has the object
 */
export async function readDeliveryBody(stack: StackWithObjects, body: StoredBody): Promise<Buffer | null> {
  if (body.kind !== 'object') return restoreRawBody(body);
  const bytes = await readObject(stack, body);
  return bytes && (await promisify(gunzip)(bytes, { maxOutputLength: maxBodyBytes }));
}
