import { percentEncode } from '../../parsing/percent-encode.ts';

/** What names a case: a transaction number is unique per company, whatever its case. */
export interface IdentName {
  readonly companyId: string;
  readonly transactionNumber: string;
}

/** IDnow's own limit of a transaction number, in characters. */
const longestPart = 255;

/**
 * DynamoDB takes a key of 2048 bytes, S3 one of 1024. In an S3 key each `%XX` of the id takes four bytes, so
 * an id of 600 is 800 there at most, and 224 are left for the folder and the file.
 */
const longestId = 600;

/**
 * Null where a part is missing, blank, not text, longer than IDnow allows or not valid Unicode (it could not be
 * encoded), or where the id would be too long for a key.
 */
export function identName(companyid: unknown, transactionnumber: unknown): IdentName | null {
  if (!isName(companyid) || !isName(transactionnumber)) return null;
  const name = { companyId: companyid, transactionNumber: transactionnumber };
  return verificationId(name).length > longestId ? null : name;
}

/**
 * Each part is percent-encoded, so that a colon in one cannot make two idents the same, and the id is legal
 * as an SQS message group id. Ordinary names come out unchanged.
 *
 * @example verificationId({ companyId: 'democompany', transactionNumber: 'TXN-1' }) // 'idnow:democompany:txn-1'
 */
export function verificationId({ companyId, transactionNumber }: IdentName): string {
  return `idnow:${percentEncode(companyId)}:${percentEncode(lowerCase(transactionNumber))}`;
}

/** CloudEvents `source`, a URI reference. */
export function sourceOf({ companyId }: IdentName): string {
  return `/providers/idnow/${percentEncode(companyId)}`;
}

function isName(part: unknown): part is string {
  return typeof part === 'string' && part.trim() !== '' && part.length <= longestPart && part.isWellFormed();
}

/** Of ASCII only: Unicode's rules would make one of two idents (the Kelvin sign becomes a `k`). */
function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The shortname in an id that `verificationId` made. */
export function companyIdOf(id: string): string {
  return decodeURIComponent(id.split(':')[1] ?? '');
}
