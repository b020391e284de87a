import {
  field,
  fieldOrProviderData,
  inProviderData,
  type Leaf,
  type LeafPredicate,
  type LeafTable,
} from '../../parsing/account-for-leaves.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { parseGender } from '../../parsing/gender.ts';
import { getUnassignedFieldValue, getVerifiedFieldValue, readIdnowField } from './field-values.ts';
import { parseBoolean } from './parse-boolean.ts';
import { isReasonCode } from './read-process.ts';
import { readText } from './read-text.ts';

const isText = (leaf: Leaf) => readText(leaf) !== null;
const isDate = (leaf: Leaf) => parseDate(readText(leaf)) !== null;
const isCountry = (leaf: Leaf) => parseCountryCode(readText(leaf)) !== null;
const isGender = (leaf: Leaf) => parseGender(readText(leaf)) !== null;
const isYesNo = (leaf: Leaf) => parseBoolean(leaf) !== null;
const text = field(isText);

/** The ident is quarantined if one of these leaves is unreadable. So it has no findings that could miss the leaf. */
const decidesCase = field(() => true);

const statuses = { status: text, reviewstatus: text, identification: text };

/**
 * The rules for a data field whose submitted value is read like its verified value. A value that is neither is published as
 * text, beside the status of the field. So a withheld date (REDACTION) is not unreadable.
 */
const dataField = (isReadable: LeafPredicate) => ({
  value: field((leaf, raw) => {
    const isUnassigned = getUnassignedFieldValue(readIdnowField(raw)) !== null;
    return isUnassigned ? isText(leaf) : isReadable(leaf, raw);
  }),
  original: field(isReadable),
  ...statuses,
});

/**
 * The rules for a field of an identity document. It can also be plain text. Only its verified value is read. The submitted
 * value is published as text.
 */
const documentField = (isReadable: LeafPredicate) => ({
  '': field(isReadable),
  value: field((leaf, raw) => {
    const isVerified = getVerifiedFieldValue(readIdnowField(raw)) !== null;
    return isVerified ? isReadable(leaf, raw) : isText(leaf);
  }),
  original: text,
  ...statuses,
});

const address = {
  ...below('street', dataField(isText)),
  ...below('streetnumber', dataField(isText)),
  ...below('city', dataField(isText)),
  ...below('zipcode', dataField(isText)),
  ...below('country', dataField(isCountry)),
};

const licenseClass = {
  '': text,
  licenseClass: text,
  validFrom: text,
  vaildFrom: text,
  validFromReadout: text,
  validUntil: text,
  vaildUntil: text,
  validUntilReadout: text,
  additionalInformation: text,
};

const identityDocument = {
  ...below('type', documentField(isText)),
  ...below('number', documentField(isText)),
  ...below('country', documentField(isCountry)),
  ...below('issuedby', documentField(isText)),
  ...below('dateissued', documentField(isDate)),
  ...below('validuntil', documentField(isDate)),
  ...below('firstname', documentField(isText)),
  ...below('lastname', documentField(isText)),
  ...below('birthday', documentField(isDate)),
  ...below('driverlicenses[]', licenseClass),
  ...below('driverlicenseclasses[]', licenseClass),
};

/**
 * Accounts for every leaf of an ident: the event has a field for it, or `provider_data` contains it. Nothing is omitted. The
 * sections at the end are published as they are, and so is every leaf that is not in this table.
 */
export const idnowLeafTable: LeafTable = {
  ...below('identificationprocess', {
    companyid: decidesCase,
    transactionnumber: decidesCase,
    result: decidesCase,
    identificationtime: decidesCase,
    reason: fieldOrProviderData(isReasonCode),
    id: text,
    type: text,
    filename: text,
    href: text,
    agentname: text,
    poaresult: text,
    previousresult: text,
    wasnfcused: field(isYesNo),
    identchanges: field(isYesNo),
    reviewchanges: field(isYesNo),
  }),
  ...below('userdata', {
    ...below('firstname', dataField(isText)),
    ...below('lastname', dataField(isText)),
    ...below('birthname', dataField(isText)),
    ...below('title', dataField(isText)),
    ...below('gender', dataField(isGender)),
    ...below('birthday', dataField(isDate)),
    ...below('birthplace', dataField(isText)),
    ...below('nationality', dataField(isCountry)),
    ...below('identlanguage', dataField(isText)),
    ...below('address', address),
  }),
  ...below('contactdata', { email: text, mobilephone: text }),
  ...below('identificationdocument', identityDocument),
  ...below('identificationdocument2', identityDocument),
  ...below('additionaldocuments[]', { documentname: text, ...below('address', address) }),
  'customdata.*': inProviderData,
  'attachments.*': inProviderData,
  'esigning.*': inProviderData,
  'banktransferpaymentinfo.*': inProviderData,
};

/** Puts a path before the paths of a table. The empty path stands for the path itself. */
function below(path: string, rules: LeafTable): LeafTable {
  return Object.fromEntries(
    Object.entries(rules).map(([key, rule]) => [key === '' ? path : `${path}.${key}`, rule]),
  );
}
