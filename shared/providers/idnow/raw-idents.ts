import * as z from 'zod/mini';
import { isJsonObject } from './members-of.ts';

/**
 * An ident before its sections are read. Only the section `identificationprocess` is validated, because it contains the
 * ident's name and result.
 */
export interface RawIdent {
  readonly identificationprocess: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

const Wrapper = z.looseObject({ identifications: z.array(z.unknown()).check(z.minLength(1)) });

/** The maximum number of idents in one delivery. It is the same limit as in `receiving/interpret-request.ts`. */
const maxIdents = 100;

/**
 * Returns the idents in a body. IDnow's API collection shows two shapes of bodies: `{identificationprocess: …}` and
 * `{identifications: […]}`. An ident or body of another shape becomes null. A body with both shapes becomes null, too,
 * because reading one shape would silently drop the other.
 */
export function extractRawIdents(body: unknown): (RawIdent | null)[] {
  const bare = rawIdent(body);
  const wrapper = Wrapper.safeParse(body);
  if (!wrapper.success) return [bare];
  const { identifications } = wrapper.data;
  // Count the idents before reading any ident, so that a body with too many idents costs little. A body of 1 MiB can
  // contain 500,000 idents.
  return bare === null && identifications.length <= maxIdents ? identifications.map(rawIdent) : [null];
}

/**
 * Splits a body with several idents into one body per ident, in the order of `extractRawIdents`. Each case then stores only
 * its own ident, so that it can be erased without the others.
 */
export function splitIdents(body: unknown): unknown[] {
  const { identifications = [] } = Wrapper.safeParse(body).data ?? {};
  return identifications.map((ident) => ({ identifications: [ident] }));
}

/** A schema of zod would drop members with the name `__proto__`, so nobody would see that they were there. */
function rawIdent(value: unknown): RawIdent | null {
  return isJsonObject(value) && isRawIdent(value) ? value : null;
}

const isRawIdent = (value: Readonly<Record<string, unknown>>): value is RawIdent & typeof value =>
  isJsonObject(value.identificationprocess);
