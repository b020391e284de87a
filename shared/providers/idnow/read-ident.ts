import { readList, readSection, sectionCollector } from '../../parsing/read-section.ts';
import { readTexts } from '../../parsing/read-texts.ts';
import { AdditionalDocument, ContactData, Process, UserData } from './ident-schemas.ts';
import { readDocument } from './read-document.ts';

/** The data of all sections of an ident, as far as it is readable. */
export type Ident = ReturnType<typeof readIdent>;

export function readIdent(raw: Readonly<Record<string, unknown>>) {
  const { unreadable, dataOf } = sectionCollector();
  const texts = (name: string) => dataOf(readTexts(name, raw[name]));
  const document = (name: string) => dataOf(readDocument(name, raw[name]));

  return {
    process: dataOf(readSection(Process, 'identificationprocess', raw.identificationprocess)),
    userData: dataOf(readSection(UserData, 'userdata', raw.userdata)),
    contactData: dataOf(readSection(ContactData, 'contactdata', raw.contactdata)),
    customData: texts('customdata'),
    document: document('identificationdocument'),
    secondDocument: document('identificationdocument2'),
    additionalDocuments: dataOf(readList(AdditionalDocument, 'additionaldocuments', raw.additionaldocuments)),
    attachments: texts('attachments'),
    esigning: texts('esigning'),
    bankTransfer: texts('banktransferpaymentinfo'),
    unreadable,
  };
}
