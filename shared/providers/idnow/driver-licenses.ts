import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { membersOf } from './members-of.ts';
import type { IdnowDocument } from './read-document.ts';
import { readText } from './read-text.ts';

/**
 * Returns the classes of a driver's license under IDnow's names. IDnow's API collection spells the dates in two ways:
 * `vaild…` in its table, `valid…` in its sample. We return `valid…`, and `vaild…` only if both are given.
 */
export function listDriverLicenseClasses({ licenses, licenseClasses }: IdnowDocument) {
  return omitEmptyFields({
    driverlicenses: licenses.map(licenseClass).filter(isNotEmpty),
    driverlicenseclasses: licenseClasses.map(licenseClass).filter(isNotEmpty),
  });
}

/** Reads a class. In every sample, the list `driverlicenseclasses` is empty, so a class that is only a letter is accepted. */
function licenseClass(raw: unknown) {
  const entry = membersOf(raw);
  const [validFrom, vaildFrom] = [readText(entry.validFrom), readText(entry.vaildFrom)];
  const [validUntil, vaildUntil] = [readText(entry.validUntil), readText(entry.vaildUntil)];
  return omitEmptyFields({
    licenseClass: readText(raw) ?? readText(entry.licenseClass),
    validFrom: validFrom ?? vaildFrom,
    vaildFrom: validFrom === null ? null : vaildFrom,
    validFromReadout: readText(entry.validFromReadout),
    validUntil: validUntil ?? vaildUntil,
    vaildUntil: validUntil === null ? null : vaildUntil,
    validUntilReadout: readText(entry.validUntilReadout),
    additionalInformation: readText(entry.additionalInformation),
  });
}

const isNotEmpty = (entry: object) => Object.keys(entry).length > 0;
