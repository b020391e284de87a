import type { IdentityKind } from './document-kinds.ts';
import { concludedValue, readValue, valueReadInMrz } from './extracted-values.ts';
import { type DatakeenPerson, idCard, passport } from './specimen.ts';

/** Creates the values that Datakeen reads from a document, under Datakeen's names. */
export function extractedInformation(kind: IdentityKind, person: DatakeenPerson) {
  switch (kind) {
    case 'id-card':
      return onIdCard(person);
    case 'passport':
      return onPassport(person);
  }
}

export function fullName({ firstName, lastName }: DatakeenPerson): string {
  return `${firstName} ${capitalized(lastName)}`;
}

export function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
}

/** Creates the values as in Datakeen's sample. Two empty texts have confidence 1, and the full name has confidence 0. */
function onIdCard(person: DatakeenPerson) {
  return {
    address: readValue(1, person.address),
    birthCountry: concludedValue(person.birthCountry),
    birthDate: readValue(0, person.birthDate),
    birthDateMRZ: valueReadInMrz(person.birthDate),
    birthDepartment: concludedValue(person.birthDepartment),
    birthPlace: readValue(0, person.birthPlace),
    countryCode: concludedValue('FR'),
    deliveryDate: readValue(1, idCard.deliveryDate),
    expiryDate: readValue(1, idCard.expiryDate),
    // The MRZ of the id card has no expiry date.
    expiryDateMRZ: valueReadInMrz(''),
    firstName: readValue(0, person.firstName),
    firstNameMRZ: valueReadInMrz(person.firstName),
    fullName: { ...readValue(0, fullName(person)), confidence: 0 },
    gender: readValue(0, person.gender),
    genderMRZ: valueReadInMrz(''),
    idNumber: readValue(0, idCard.idNumber),
    idNumberMRZ: valueReadInMrz(idCard.idNumber),
    lastName: readValue(0, person.lastName),
    lastNameMRZ: valueReadInMrz(person.lastName),
    mrz: readValue(0, idCard.mrz),
    nationality: concludedValue(person.nationality),
    spouseName: readValue(0, person.spouseName),
  };
}

function onPassport(person: DatakeenPerson) {
  return {
    birthDate: readValue(0, person.birthDate),
    birthDateMRZ: valueReadInMrz(person.birthDate),
    birthPlace: readValue(0, person.birthPlace),
    countryCode: concludedValue('FR'),
    deliveryDate: readValue(0, passport.deliveryDate),
    expiryDate: readValue(0, passport.expiryDate),
    expiryDateMRZ: valueReadInMrz(passport.expiryDate),
    firstName: readValue(0, person.firstName),
    firstNameMRZ: valueReadInMrz(person.firstName),
    fullName: { ...readValue(0, fullName(person)), confidence: 0 },
    gender: readValue(0, person.gender),
    genderMRZ: valueReadInMrz(person.gender),
    idNumber: readValue(0, passport.idNumber),
    idNumberMRZ: valueReadInMrz(passport.idNumber),
    lastName: readValue(0, person.lastName),
    lastNameMRZ: valueReadInMrz(person.lastName),
    mrz: readValue(0, passport.mrz),
    nationality: concludedValue(person.nationality),
    spouseName: readValue(0, person.spouseName),
  };
}
