import { readIdnowDocumentField } from './field-values.ts';
import { membersOf } from './members-of.ts';

/** An identity document of an ident: its fields, and the license classes if it is a driver's license. */
export interface IdnowDocument {
  readonly fields: IdnowDocumentFields;
  readonly licenses: readonly unknown[];
  /** The license classes under `driverlicenseclasses`, the name that `identificationdocument2` uses. */
  readonly licenseClasses: readonly unknown[];
}

export type IdnowDocumentFields = ReturnType<typeof readFields>;

export function readIdnowDocument(raw: unknown): IdnowDocument {
  const document = membersOf(raw);
  return {
    fields: readFields(document),
    licenses: listOf(document.driverlicenses),
    licenseClasses: listOf(document.driverlicenseclasses),
  };
}

function readFields(document: Readonly<Record<string, unknown>>) {
  return {
    type: readIdnowDocumentField(document.type),
    number: readIdnowDocumentField(document.number),
    country: readIdnowDocumentField(document.country),
    issuedby: readIdnowDocumentField(document.issuedby),
    dateissued: readIdnowDocumentField(document.dateissued),
    validuntil: readIdnowDocumentField(document.validuntil),
    firstname: readIdnowDocumentField(document.firstname),
    lastname: readIdnowDocumentField(document.lastname),
    birthday: readIdnowDocumentField(document.birthday),
  };
}

const listOf = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw : []);
