import type { IdentityDocumentKind } from './document-kinds.ts';
import {
  createValueDerivedByDatakeen,
  createValuePrintedOnDocument,
  createValueReadFromMrz,
} from './extracted-values.ts';
import { type DatakeenPerson, sampleIdCard, samplePassport } from './specimen.ts';

/** Creates the `extractedInformation` of a document: the values that Datakeen reads from it. */
export function createDatakeenExtractedInformation(kind: IdentityDocumentKind, person: DatakeenPerson) {
  switch (kind) {
    case 'id-card':
      return onIdCard(person);
    case 'passport':
      return onPassport(person);
  }
}

export function fullNameOf({ firstName, lastName }: DatakeenPerson): string {
  return `${firstName} ${capitalizeName(lastName)}`;
}

export function capitalizeName(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
}

/** Creates the values of an id card. Odd details are copied from Datakeen's sample: `fullName` has the confidence 0. */
function onIdCard(person: DatakeenPerson) {
  return {
    address: createValuePrintedOnDocument(1, person.address),
    birthCountry: createValueDerivedByDatakeen(person.birthCountry),
    birthDate: createValuePrintedOnDocument(0, person.birthDate),
    birthDateMRZ: createValueReadFromMrz(person.birthDate),
    birthDepartment: createValueDerivedByDatakeen(person.birthDepartment),
    birthPlace: createValuePrintedOnDocument(0, person.birthPlace),
    countryCode: createValueDerivedByDatakeen('FR'),
    deliveryDate: createValuePrintedOnDocument(1, sampleIdCard.deliveryDate),
    expiryDate: createValuePrintedOnDocument(1, sampleIdCard.expiryDate),
    // The machine-readable zone (MRZ) of a French id card contains no expiry date.
    expiryDateMRZ: createValueReadFromMrz(''),
    firstName: createValuePrintedOnDocument(0, person.firstName),
    firstNameMRZ: createValueReadFromMrz(person.firstName),
    fullName: { ...createValuePrintedOnDocument(0, fullNameOf(person)), confidence: 0 },
    gender: createValuePrintedOnDocument(0, person.gender),
    genderMRZ: createValueReadFromMrz(''),
    idNumber: createValuePrintedOnDocument(0, sampleIdCard.idNumber),
    idNumberMRZ: createValueReadFromMrz(sampleIdCard.idNumber),
    lastName: createValuePrintedOnDocument(0, person.lastName),
    lastNameMRZ: createValueReadFromMrz(person.lastName),
    mrz: createValuePrintedOnDocument(0, sampleIdCard.mrz),
    nationality: createValueDerivedByDatakeen(person.nationality),
    spouseName: createValuePrintedOnDocument(0, person.spouseName),
  };
}

function onPassport(person: DatakeenPerson) {
  return {
    birthDate: createValuePrintedOnDocument(0, person.birthDate),
    birthDateMRZ: createValueReadFromMrz(person.birthDate),
    birthPlace: createValuePrintedOnDocument(0, person.birthPlace),
    countryCode: createValueDerivedByDatakeen('FR'),
    deliveryDate: createValuePrintedOnDocument(0, samplePassport.deliveryDate),
    expiryDate: createValuePrintedOnDocument(0, samplePassport.expiryDate),
    expiryDateMRZ: createValueReadFromMrz(samplePassport.expiryDate),
    firstName: createValuePrintedOnDocument(0, person.firstName),
    firstNameMRZ: createValueReadFromMrz(person.firstName),
    fullName: { ...createValuePrintedOnDocument(0, fullNameOf(person)), confidence: 0 },
    gender: createValuePrintedOnDocument(0, person.gender),
    genderMRZ: createValueReadFromMrz(person.gender),
    idNumber: createValuePrintedOnDocument(0, samplePassport.idNumber),
    idNumberMRZ: createValueReadFromMrz(samplePassport.idNumber),
    lastName: createValuePrintedOnDocument(0, person.lastName),
    lastNameMRZ: createValueReadFromMrz(person.lastName),
    mrz: createValuePrintedOnDocument(0, samplePassport.mrz),
    nationality: createValueDerivedByDatakeen(person.nationality),
    spouseName: createValuePrintedOnDocument(0, person.spouseName),
  };
}
