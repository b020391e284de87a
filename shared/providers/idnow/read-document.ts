import { readList, readSection, type Section } from '../../parsing/read-section.ts';
import { Document, type LicenseClass, LicenseClassOrLetter } from './ident-schemas.ts';

/** The section of an identity document, with the classes of a driver's licence. */
export interface ReadDocument {
  readonly fields: Document;
  readonly licenses: readonly LicenseClass[];
  /** The classes in `identificationdocument2`, which has another name for them. */
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
