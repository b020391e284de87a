import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import type { DriverLicenseClass } from './ident-schemas.ts';
import type { IdnowDocument } from './read-document.ts';

/**
 * Returns the classes of a driver's licence under IDnow's names. IDnow spells the dates `valid…` or `vaild…`; we return
 * `valid…`.
 */
export function listDriverLicenseClasses({ licenses, licenseClasses }: IdnowDocument) {
  return omitEmptyFields({
    driverlicenses: licenses.map(licenseClass),
    driverlicenseclasses: licenseClasses.map(licenseClass),
  });
}

function licenseClass(entry: DriverLicenseClass) {
  return omitEmptyFields({
    licenseClass: nullIfBlank(entry.licenseClass),
    validFrom: nullIfBlank(entry.validFrom) ?? nullIfBlank(entry.vaildFrom),
    validFromReadout: nullIfBlank(entry.validFromReadout),
    validUntil: nullIfBlank(entry.validUntil) ?? nullIfBlank(entry.vaildUntil),
    validUntilReadout: nullIfBlank(entry.validUntilReadout),
    additionalInformation: nullIfBlank(entry.additionalInformation),
  });
}
