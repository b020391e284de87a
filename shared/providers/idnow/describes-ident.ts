import { extractRawIdents } from './raw-idents.ts';
import { idnowVerificationId, parseIdentIdParts } from './verification-id.ts';

/** Checks whether an answer of GET Ident describes the ident with this verification's id, and no other ident. */
export function describesIdent(json: unknown, id: string): boolean {
  return extractRawIdents(json).every((ident) => {
    const { companyid, transactionnumber } = ident?.identificationprocess ?? {};
    const name = parseIdentIdParts(companyid, transactionnumber);
    return name !== null && idnowVerificationId(name) === id;
  });
}
