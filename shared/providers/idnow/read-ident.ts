import {
  createUnreadableFieldCollector,
  readSection,
  readValidListEntries,
} from '../../parsing/read-section.ts';
import { readTextSection } from '../../parsing/read-texts.ts';
import {
  IdentificationProcess,
  IdnowAdditionalDocument,
  IdnowContactData,
  IdnowUserData,
} from './ident-schemas.ts';
import { readIdnowDocument } from './read-document.ts';

/** The data of all sections of an ident, as far as it is readable. */
export type Ident = ReturnType<typeof readIdentSections>;

export function readIdentSections(raw: Readonly<Record<string, unknown>>) {
  const { unreadable, dataOf } = createUnreadableFieldCollector();
  const texts = (name: string) => dataOf(readTextSection(name, raw[name]));
  const document = (name: string) => dataOf(readIdnowDocument(name, raw[name]));

  return {
    process: dataOf(readSection(IdentificationProcess, 'identificationprocess', raw.identificationprocess)),
    userData: dataOf(readSection(IdnowUserData, 'userdata', raw.userdata)),
    contactData: dataOf(readSection(IdnowContactData, 'contactdata', raw.contactdata)),
    customData: texts('customdata'),
    document: document('identificationdocument'),
    secondDocument: document('identificationdocument2'),
    additionalDocuments: dataOf(
      readValidListEntries(IdnowAdditionalDocument, 'additionaldocuments', raw.additionaldocuments),
    ),
    attachments: texts('attachments'),
    esigning: texts('esigning'),
    bankTransfer: texts('banktransferpaymentinfo'),
    unreadable,
  };
}
