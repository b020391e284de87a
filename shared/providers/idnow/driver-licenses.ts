import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import type { ReadDocument } from './read-document.ts';
import type { LicenseClass } from './sections.ts';

/** The classes of a driver's licence in IDnow's words, with one spelling of the dates. */
export function driverLicenses({ licenses, licenseClasses }: ReadDocument) {
  return present({
    driverlicenses: licenses.map(licenseClass),
    driverlicenseclasses: licenseClasses.map(licenseClass),
  });
}

function licenseClass(entry: LicenseClass) {
  return present({
    licenseClass: text(entry.licenseClass),
    validFrom: text(entry.validFrom) ?? text(entry.vaildFrom),
    validFromReadout: text(entry.validFromReadout),
    validUntil: text(entry.validUntil) ?? text(entry.vaildUntil),
    validUntilReadout: text(entry.validUntilReadout),
    additionalInformation: text(entry.additionalInformation),
  });
}
