import { readList, readSection, type Section } from '../../parsing/read-section.ts';
import { readTexts } from '../../parsing/read-texts.ts';
import { readDocument } from './read-document.ts';
import { AdditionalDocument, ContactData, Process, UserData } from './sections.ts';

/** An ident's sections, as far as they can be read. */
export type Ident = ReturnType<typeof readIdent>;

export function readIdent(raw: Readonly<Record<string, unknown>>) {
  const unreadable: string[] = [];
  const readable = <T>(section: Section<T>): T => {
    unreadable.push(...section.unreadable);
    return section.data;
  };
  const texts = (name: string) => readable(readTexts(name, raw[name]));
  const document = (name: string) => readable(readDocument(name, raw[name]));

  return {
    process: readable(readSection(Process, 'identificationprocess', raw.identificationprocess)),
    userData: readable(readSection(UserData, 'userdata', raw.userdata)),
    contactData: readable(readSection(ContactData, 'contactdata', raw.contactdata)),
    customData: texts('customdata'),
    document: document('identificationdocument'),
    secondDocument: document('identificationdocument2'),
    additionalDocuments: readable(
      readList(AdditionalDocument, 'additionaldocuments', raw.additionaldocuments),
    ),
    attachments: texts('attachments'),
    esigning: texts('esigning'),
    bankTransfer: texts('banktransferpaymentinfo'),
    unreadable,
  };
}
