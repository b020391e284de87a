import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import type { LicenseClass } from './ident-schemas.ts';
import type { ReadDocument } from './read-document.ts';

/**
 * Returns the classes of a driver's licence under IDnow's names. IDnow spells the dates `valid…` or `vaild…`; we return
 * `valid…`.
 */
export function driverLicenses({ licenses, licenseClasses }: ReadDocument) {
  return omitEmpty({
    driverlicenses: licenses.map(licenseClass),
    driverlicenseclasses: licenseClasses.map(licenseClass),
  });
}

function licenseClass(entry: LicenseClass) {
  return omitEmpty({
    licenseClass: nonBlank(entry.licenseClass),
    validFrom: nonBlank(entry.validFrom) ?? nonBlank(entry.vaildFrom),
    validFromReadout: nonBlank(entry.validFromReadout),
    validUntil: nonBlank(entry.validUntil) ?? nonBlank(entry.vaildUntil),
    validUntilReadout: nonBlank(entry.validUntilReadout),
    additionalInformation: nonBlank(entry.additionalInformation),
  });
}
