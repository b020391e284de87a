import { readList, readSection, type Section } from '../../parsing/read-section.ts';
import { Document, type LicenseClass, LicenseClassOrLetter } from './sections.ts';

/** A section on an identity document, with the classes that a driver's licence lists. */
export interface ReadDocument {
  readonly fields: Document;
  readonly licenses: readonly LicenseClass[];
  /** The same in `identificationdocument2`, under another name. */
  readonly licenseClasses: readonly LicenseClass[];
}

export function readDocument(name: string, raw: unknown): Section<ReadDocument> {
  const fields = readSection(Document, name, raw);
  const list = (key: string) => readList(LicenseClassOrLetter, `${name}.${key}`, fields.data[key]);
  const licenses = list('driverlicenses');
  const licenseClasses = list('driverlicenseclasses');
  return {
    data: { fields: fields.data, licenses: licenses.data, licenseClasses: licenseClasses.data },
    unreadable: [...fields.unreadable, ...licenses.unreadable, ...licenseClasses.unreadable],
  };
}
