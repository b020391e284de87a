import type { IdentityKind } from './document-kinds.ts';
import { concluded, read, readInMrz } from './extracted-values.ts';
import { idCard, type Person, passport } from './specimen.ts';

/** What the provider reads on a document, by its own names for it. */
export function extractedInformation(kind: IdentityKind, person: Person) {
  switch (kind) {
    case 'id-card':
      return onIdCard(person);
    case 'passport':
      return onPassport(person);
  }
}

export function fullName({ firstName, lastName }: Person): string {
  return `${firstName} ${capitalized(lastName)}`;
}

export function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
}

/** As the sample has it, oddities included: two empty texts with full confidence, a full name with none. */
function onIdCard(person: Person) {
  return {
    address: read(1, person.address),
    birthCountry: concluded(person.birthCountry),
    birthDate: read(0, person.birthDate),
    birthDateMRZ: readInMrz(person.birthDate),
    birthDepartment: concluded(person.birthDepartment),
    birthPlace: read(0, person.birthPlace),
    countryCode: concluded('FR'),
    deliveryDate: read(1, idCard.deliveryDate),
    expiryDate: read(1, idCard.expiryDate),
    // The card's MRZ holds no end of validity.
    expiryDateMRZ: readInMrz(''),
    firstName: read(0, person.firstName),
    firstNameMRZ: readInMrz(person.firstName),
    fullName: { ...read(0, fullName(person)), confidence: 0 },
    gender: read(0, person.gender),
    genderMRZ: readInMrz(''),
    idNumber: read(0, idCard.idNumber),
    idNumberMRZ: readInMrz(idCard.idNumber),
    lastName: read(0, person.lastName),
    lastNameMRZ: readInMrz(person.lastName),
    mrz: read(0, idCard.mrz),
    nationality: concluded(person.nationality),
    spouseName: read(0, person.spouseName),
  };
}

function onPassport(person: Person) {
  return {
    birthDate: read(0, person.birthDate),
    birthDateMRZ: readInMrz(person.birthDate),
    birthPlace: read(0, person.birthPlace),
    countryCode: concluded('FR'),
    deliveryDate: read(0, passport.deliveryDate),
    expiryDate: read(0, passport.expiryDate),
    expiryDateMRZ: readInMrz(passport.expiryDate),
    firstName: read(0, person.firstName),
    firstNameMRZ: readInMrz(person.firstName),
    fullName: { ...read(0, fullName(person)), confidence: 0 },
    gender: read(0, person.gender),
    genderMRZ: readInMrz(person.gender),
    idNumber: read(0, passport.idNumber),
    idNumberMRZ: readInMrz(passport.idNumber),
    lastName: read(0, person.lastName),
    lastNameMRZ: readInMrz(person.lastName),
    mrz: read(0, passport.mrz),
    nationality: concluded(person.nationality),
    spouseName: read(0, person.spouseName),
  };
}
