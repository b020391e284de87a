import { membersOf } from './members-of.ts';
import { readText } from './read-text.ts';

/**
 * A data field of IDnow. `status` compares its value with the value that our company had sent to IDnow. `reviewstatus`
 * compares its value with `identification`, the value before IDnow's review.
 */
export interface IdnowField {
  readonly status: string | null;
  readonly value: string | null;
  readonly original: string | null;
  readonly reviewstatus: string | null;
  readonly identification: string | null;
  /** What the status says about `value`. */
  readonly valueIs: ValueMeaning;
}

/**
 * What the status of a field says about its `value`:
 *
 * - `verified`: IDnow has verified it (MATCH, CHANGE, NEW, or no status).
 * - `submitted`: our company had sent it (ORIGINAL). IDnow's proof-of-address sample has such values.
 * - `neither`: IDnow withholds it (REDACTION), or the status is unknown to us.
 */
export type ValueMeaning = 'verified' | 'submitted' | 'neither';

const meanings: ReadonlyMap<string, ValueMeaning> = new Map([
  ['MATCH', 'verified'],
  ['CHANGE', 'verified'],
  ['NEW', 'verified'],
  ['ORIGINAL', 'submitted'],
]);

/** A function that returns the verified value of a field, or the value that our company had sent to IDnow. */
export type IdnowFieldValueSelector = (field: IdnowField) => string | null;

/** Reads a field. A JSON value that is no object is read as an empty field. */
export function readIdnowField(raw: unknown): IdnowField {
  const { status, value, original, reviewstatus, identification } = membersOf(raw);
  return {
    status: readText(status),
    value: readText(value),
    original: readText(original),
    reviewstatus: readText(reviewstatus),
    identification: readText(identification),
    valueIs: interpretFieldStatus(status),
  };
}

/**
 * Reads a field of an identity document. In `identificationdocument`, a field is an object. In `identificationdocument2`,
 * a field is plain text. Both forms are accepted in both documents.
 */
export function readIdnowDocumentField(raw: unknown): IdnowField {
  const value = readText(raw);
  return readIdnowField(value === null ? raw : { value });
}

/** Returns what a field's status says about its `value`. A status of an unexpected type is unknown, not missing. */
function interpretFieldStatus(status: unknown): ValueMeaning {
  if (status === undefined || status === null) return 'verified';
  if (typeof status !== 'string') return 'neither';
  const code = status.trim().toUpperCase();
  return code === '' ? 'verified' : (meanings.get(code) ?? 'neither');
}

/** Returns the value that IDnow has verified, or null. */
export function getVerifiedFieldValue({ valueIs, value }: IdnowField): string | null {
  return valueIs === 'verified' ? value : null;
}

/**
 * Returns the value that our company had sent to IDnow.
 *
 * @returns null if IDnow does not return that value. A field with the status MATCH and without `original` also gives
 * null: its `value` may come from IDnow's review. (In one sample, a title has the status MATCH and the review status
 * NEW.)
 */
export function getSubmittedFieldValue({ valueIs, value, original }: IdnowField): string | null {
  return original ?? (valueIs === 'submitted' ? value : null);
}

/** Returns the `value` of a field if the findings contain it neither as the verified nor as the submitted value. */
export function getUnassignedFieldValue({ valueIs, value, original }: IdnowField): string | null {
  const isAssigned = valueIs === 'verified' || (valueIs === 'submitted' && original === null);
  return isAssigned ? null : value;
}
