import { rawIdents } from './shapes.ts';
import { identName, verificationId } from './verification-id.ts';

/** Whether an answer of GET Ident is about this ident, and about no other. */
export function describesIdent(json: unknown, id: string): boolean {
  return rawIdents(json).every((ident) => {
    const { companyid, transactionnumber } = ident?.identificationprocess ?? {};
    const name = identName(companyid, transactionnumber);
    return name !== null && verificationId(name) === id;
  });
}
