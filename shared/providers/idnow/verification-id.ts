import { percentEncode } from '../../parsing/percent-encode.ts';

/**
 * The name of an ident. A transaction number is unique per company. Two transaction numbers that differ only in upper
 * and lower case are the same.
 */
export interface IdentIdParts {
  readonly companyId: string;
  readonly transactionNumber: string;
}

/** IDnow's limit for a transaction number, in characters. */
const longestPart = 255;

/**
 * The maximum length of a verification's id, in bytes. An S3 key has 1024 bytes at most, a DynamoDB key 2048. In an S3
 * key, each `%XX` of the id takes four bytes. So an id of 600 bytes takes 800 bytes at most, and 224 bytes are left for
 * the folder and the file.
 */
const longestId = 600;

/**
 * Validates the two parts of an ident's name.
 *
 * @returns null if a part is missing, blank, not text, longer than IDnow allows, or not valid Unicode (which cannot be
 * encoded). Also null if the verification's id would be too long for an S3 key
 */
export function parseIdentIdParts(companyid: unknown, transactionnumber: unknown): IdentIdParts | null {
  if (!isName(companyid) || !isName(transactionnumber)) return null;
  const name = { companyId: companyid, transactionNumber: transactionnumber };
  return idnowVerificationId(name).length > longestId ? null : name;
}

/**
 * Makes the verification's id from the ident's name. Each part is percent-encoded. So a colon in a part cannot give two
 * idents the same id, and SQS accepts the id as a message group id.
 *
 * @example idnowVerificationId({ companyId: 'democompany', transactionNumber: 'TXN-1' }) // 'idnow:democompany:txn-1'
 */
export function idnowVerificationId({ companyId, transactionNumber }: IdentIdParts): string {
  return `idnow:${percentEncode(companyId)}:${percentEncode(lowerCase(transactionNumber))}`;
}

/** Returns the `source` of an ident's events. It is a URI reference, because CloudEvents requires one. */
export function buildIdnowEventSource({ companyId }: IdentIdParts): string {
  return `/providers/idnow/${percentEncode(companyId)}`;
}

function isName(part: unknown): part is string {
  return typeof part === 'string' && part.trim() !== '' && part.length <= longestPart && part.isWellFormed();
}

/**
 * Changes only ASCII letters to lower case. Unicode's rules could give two idents the same id, because they change the
 * Kelvin sign to a `k`.
 */
function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Returns the shortname (IDnow's name of a customer account) in a verification's id. */
export function getCompanyIdOfVerification(id: string): string {
  return decodeURIComponent(id.split(':')[1] ?? '');
}
