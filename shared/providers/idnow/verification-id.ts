import { percentEncode } from '../../parsing/percent-encode.ts';

/** The name of an ident. A transaction number is unique per company; upper and lower case do not differ. */
export interface IdentName {
  readonly companyId: string;
  readonly transactionNumber: string;
}

/** IDnow's limit for a transaction number, in characters. */
const longestPart = 255;

/**
 * The longest id of a verification. DynamoDB accepts keys of 2048 bytes, S3 of 1024. In an S3 key, each `%XX` of the id
 * takes four bytes. So an id of 600 bytes takes 800 at most, and 224 are left for the folder and the file.
 */
const longestId = 600;

/**
 * Validates the two parts that name an ident.
 *
 * @returns null if a part is missing, blank, not text, longer than IDnow allows or not valid Unicode (which cannot be
 * encoded), or if the verification's id is too long for a key
 */
export function identName(companyid: unknown, transactionnumber: unknown): IdentName | null {
  if (!isName(companyid) || !isName(transactionnumber)) return null;
  const name = { companyId: companyid, transactionNumber: transactionnumber };
  return idnowVerificationId(name).length > longestId ? null : name;
}

/**
 * Makes the id of the verification from the name of the ident. Each part is percent-encoded, so that two idents never get
 * the same id because of a colon in a part, and SQS accepts the id as a message group id.
 *
 * @example idnowVerificationId({ companyId: 'democompany', transactionNumber: 'TXN-1' }) // 'idnow:democompany:txn-1'
 */
export function idnowVerificationId({ companyId, transactionNumber }: IdentName): string {
  return `idnow:${percentEncode(companyId)}:${percentEncode(lowerCase(transactionNumber))}`;
}

/** Returns the `source` of an ident's events: CloudEvents requires a URI reference. */
export function eventSource({ companyId }: IdentName): string {
  return `/providers/idnow/${percentEncode(companyId)}`;
}

function isName(part: unknown): part is string {
  return typeof part === 'string' && part.trim() !== '' && part.length <= longestPart && part.isWellFormed();
}

/** Changes ASCII letters only. Unicode's rules would merge two idents: the Kelvin sign becomes a `k`. */
function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Returns the shortname in a verification's id. */
export function companyIdOf(id: string): string {
  return decodeURIComponent(id.split(':')[1] ?? '');
}
