import type { IdentityDocumentKind } from './document-kinds.ts';
import { createDerivedValue, createMrzValue, createPrintedValue } from './extracted-values.ts';
import { type DatakeenPerson, sampleIdCard, samplePassport } from './specimen.ts';

/** Creates the `extractedInformation` of a document: the values that Datakeen reads from it. */
export function createExtractedInformation(kind: IdentityDocumentKind, person: DatakeenPerson) {
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
    address: createPrintedValue(1, person.address),
    birthCountry: createDerivedValue(person.birthCountry),
    birthDate: createPrintedValue(0, person.birthDate),
    birthDateMRZ: createMrzValue(person.birthDate),
    birthDepartment: createDerivedValue(person.birthDepartment),
    birthPlace: createPrintedValue(0, person.birthPlace),
    countryCode: createDerivedValue('FR'),
    deliveryDate: createPrintedValue(1, sampleIdCard.deliveryDate),
    expiryDate: createPrintedValue(1, sampleIdCard.expiryDate),
    // The machine-readable zone (MRZ) of a French id card contains no expiry date.
    expiryDateMRZ: createMrzValue(''),
    firstName: createPrintedValue(0, person.firstName),
    firstNameMRZ: createMrzValue(person.firstName),
    fullName: { ...createPrintedValue(0, fullNameOf(person)), confidence: 0 },
    gender: createPrintedValue(0, person.gender),
    genderMRZ: createMrzValue(''),
    idNumber: createPrintedValue(0, sampleIdCard.idNumber),
    idNumberMRZ: createMrzValue(sampleIdCard.idNumber),
    lastName: createPrintedValue(0, person.lastName),
    lastNameMRZ: createMrzValue(person.lastName),
    mrz: createPrintedValue(0, sampleIdCard.mrz),
    nationality: createDerivedValue(person.nationality),
    spouseName: createPrintedValue(0, person.spouseName),
  };
}

function onPassport(person: DatakeenPerson) {
  return {
    birthDate: createPrintedValue(0, person.birthDate),
    birthDateMRZ: createMrzValue(person.birthDate),
    birthPlace: createPrintedValue(0, person.birthPlace),
    countryCode: createDerivedValue('FR'),
    deliveryDate: createPrintedValue(0, samplePassport.deliveryDate),
    expiryDate: createPrintedValue(0, samplePassport.expiryDate),
    expiryDateMRZ: createMrzValue(samplePassport.expiryDate),
    firstName: createPrintedValue(0, person.firstName),
    firstNameMRZ: createMrzValue(person.firstName),
    fullName: { ...createPrintedValue(0, fullNameOf(person)), confidence: 0 },
    gender: createPrintedValue(0, person.gender),
    genderMRZ: createMrzValue(person.gender),
    idNumber: createPrintedValue(0, samplePassport.idNumber),
    idNumberMRZ: createMrzValue(samplePassport.idNumber),
    lastName: createPrintedValue(0, person.lastName),
    lastNameMRZ: createMrzValue(person.lastName),
    mrz: createPrintedValue(0, samplePassport.mrz),
    nationality: createDerivedValue(person.nationality),
    spouseName: createPrintedValue(0, person.spouseName),
  };
}
