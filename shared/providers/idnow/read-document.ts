import { readList, readSection, type Section } from '../../parsing/read-section.ts';
import { Document, type LicenseClass, LicenseClassOrLetter } from './ident-schemas.ts';

/** An identity document of an ident: its fields, and the licence classes if it is a driver's licence. */
export interface ReadDocument {
  readonly fields: Document;
  readonly licenses: readonly LicenseClass[];
  /** The licence classes under `driverlicenseclasses`, the name that `identificationdocument2` uses. */
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
