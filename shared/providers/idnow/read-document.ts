import { type ParsedSection, readSection, readValidListEntries } from '../../parsing/read-section.ts';
import { type DriverLicenseClass, DriverLicenseClassOrLetter, IdnowDocumentFields } from './ident-schemas.ts';

/** An identity document of an ident: its fields, and the licence classes if it is a driver's licence. */
export interface IdnowDocument {
  readonly fields: IdnowDocumentFields;
  readonly licenses: readonly DriverLicenseClass[];
  /** The licence classes under `driverlicenseclasses`, the name that `identificationdocument2` uses. */
  readonly licenseClasses: readonly DriverLicenseClass[];
}

export function readIdnowDocument(name: string, raw: unknown): ParsedSection<IdnowDocument> {
  const fields = readSection(IdnowDocumentFields, name, raw);
  const list = (key: string) =>
    readValidListEntries(DriverLicenseClassOrLetter, `${name}.${key}`, fields.data[key]);
  const licenses = list('driverlicenses');
  const licenseClasses = list('driverlicenseclasses');
  return {
    data: { fields: fields.data, licenses: licenses.data, licenseClasses: licenseClasses.data },
    unreadable: [...fields.unreadable, ...licenses.unreadable, ...licenseClasses.unreadable],
  };
}
