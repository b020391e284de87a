/** What names a case: a transaction number is unique per company, whatever its case. */
export interface IdentName {
  readonly companyId: string;
  readonly transactionNumber: string;
}

/** Null where a part is missing, blank, not text, or not valid Unicode (it could not be encoded). */
export function identName(companyid: unknown, transactionnumber: unknown): IdentName | null {
  if (!isName(companyid) || !isName(transactionnumber)) return null;
  return { companyId: companyid, transactionNumber: transactionnumber };
}

/**
 * Each part is percent-encoded, so that a colon in one cannot make two idents the same, and the id is legal
 * as an SQS message group id. Ordinary names come out unchanged.
 *
 * @example verificationId({ companyId: 'democompany', transactionNumber: 'TXN-1' }) // 'idnow:democompany:txn-1'
 */
export function verificationId({ companyId, transactionNumber }: IdentName): string {
  return `idnow:${encoded(companyId)}:${encoded(transactionNumber.toLowerCase())}`;
}

/** CloudEvents `source`, a URI reference. */
export function sourceOf({ companyId }: IdentName): string {
  return `/providers/idnow/${encoded(companyId)}`;
}

function isName(part: unknown): part is string {
  return typeof part === 'string' && part.trim() !== '' && part.isWellFormed();
}

function encoded(part: string): string {
  // encodeURIComponent leaves five characters that are not RFC 3986's unreserved ones.
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The shortname in an id that `verificationId` made. */
export function companyIdOf(id: string): string {
  return decodeURIComponent(id.split(':')[1] ?? '');
}
