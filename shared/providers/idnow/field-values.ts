import { nullIfBlank } from '../../parsing/text.ts';
import type { IdnowField } from './ident-schemas.ts';

/** A function that returns the verified value of a field, or the value that our company had sent to IDnow. */
export type IdnowFieldValueSelector = (field: IdnowField) => string | null;

const verifiedStatuses = new Set(['MATCH', 'CHANGE', 'NEW']);

/**
 * Returns the value that IDnow has verified.
 *
 * @returns null if the field has no `value`, or if its status is one of these:
 *
 * - REDACTION: IDnow withholds the value.
 * - ORIGINAL: the value is what our company had sent. IDnow's proof-of-address sample has such values.
 * - a status that is unknown to us.
 */
export function getVerifiedFieldValue(field: IdnowField): string | null {
  const status = fieldStatus(field);
  return status === null || verifiedStatuses.has(status) ? nullIfBlank(field?.value) : null;
}

/**
 * Returns the value that our company had sent to IDnow.
 *
 * @returns null if IDnow does not return that value. A field with the status MATCH and without `original` also gives
 * null: its `value` may come from IDnow's review. (In one sample, a title has the status MATCH and the review status
 * NEW.)
 */
export function getSubmittedFieldValue(field: IdnowField): string | null {
  return (
    nullIfBlank(field?.original) ?? (fieldStatus(field) === 'ORIGINAL' ? nullIfBlank(field?.value) : null)
  );
}

function fieldStatus(field: IdnowField): string | null {
  return nullIfBlank(field?.status)?.trim().toUpperCase() ?? null;
}
