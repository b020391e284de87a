import { accountForIdent } from './account-for-ident.ts';
import { cutLongLists } from './cut-long-lists.ts';
import { membersOf } from './members-of.ts';
import { readIdnowDocument } from './read-document.ts';
import { readIdnowProcess } from './read-process.ts';
import { readText } from './read-text.ts';
import { readIdnowAddress, readIdnowUserData } from './read-user-data.ts';

/**
 * The data of an ident. Each leaf is read by itself: a leaf of an unexpected type is empty here, and changes nothing else.
 * `leavesWithoutField` accounts for it.
 */
export type Ident = ReturnType<typeof readIdentSections>;

export type IdnowAdditionalDocument = ReturnType<typeof readAdditionalDocument>;

export function readIdentSections(raw: Readonly<Record<string, unknown>>) {
  const { ident, cut } = cutLongLists(raw);
  const { additionaldocuments } = ident;
  return {
    process: readIdnowProcess(ident.identificationprocess),
    userData: readIdnowUserData(ident.userdata),
    contactData: readContactData(ident.contactdata),
    document: readIdnowDocument(ident.identificationdocument),
    secondDocument: readIdnowDocument(ident.identificationdocument2),
    additionalDocuments: Array.isArray(additionaldocuments)
      ? additionaldocuments.map(readAdditionalDocument)
      : [],
    esigningResult: readText(membersOf(ident.esigning).result),
    paymentStatus: readText(membersOf(ident.banktransferpaymentinfo).paymentstatus),
    leavesWithoutField: accountForIdent(ident, cut),
  };
}

function readContactData(raw: unknown) {
  const { email, mobilephone } = membersOf(raw);
  return { email: readText(email), mobilephone: readText(mobilephone) };
}

/** Reads an additional document, for example a bill that proves an address. */
function readAdditionalDocument(raw: unknown) {
  const { documentname, address } = membersOf(raw);
  return { documentname: readText(documentname), address: readIdnowAddress(address) };
}
