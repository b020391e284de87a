import {
  compileLeafTable,
  field,
  fieldOrProviderData,
  inProviderData,
  type LeafTable,
  omitted,
} from '../../parsing/account-for-leaves.ts';
import { parseId360ReasonCode } from './code.ts';
import { parseEnrollmentId } from './enrollment-id.ts';
import { isFirstNameInClaim } from './first-names.ts';
import { isNameOfSecret } from './name-of-secret.ts';
import {
  addressKeys,
  bankDetailsKeys,
  contactKeys,
  documentKeys,
  electronicIdentityKeys,
  identityKeys,
  proofOfAddressKeys,
} from './section-keys.ts';
import { mapId360Status } from './statuses.ts';
import { isReadableMember } from './values.ts';

/** Makes the rules for the members of a section. */
const fieldsBelow = (path: string, keys: readonly string[]): LeafTable =>
  Object.fromEntries(keys.map((key) => [`${path}.${key}`, field(isReadableMember(key))]));

/** Makes the rules for the entries of a section. It may be a list, a nested list or a single entry (`flat-entries.ts`). */
const entriesOf = (path: string, rules: (path: string) => LeafTable): LeafTable => ({
  ...rules(path),
  ...rules(`${path}[]`),
  ...rules(`${path}[][]`),
});

/** `first_names` is a list, or one text. A number is no name. A claim is made of them, or else of `first_name`. */
const firstNames = (path: string): LeafTable => ({
  [`${path}.first_names`]: field((leaf) => typeof leaf === 'string'),
  [`${path}.first_names[]`]: field((leaf) => typeof leaf === 'string'),
  [`${path}.first_name`]: fieldOrProviderData(isFirstNameInClaim),
});

const identity = (path: string): LeafTable => ({
  ...fieldsBelow(path, [...identityKeys, ...addressKeys]),
  ...firstNames(path),
  ...fieldsBelow(`${path}.extra`, documentKeys),
});

/** A reason is a field if it is a code. A sentence for people stays text. */
const codeOrText = fieldOrProviderData((leaf) => parseId360ReasonCode(leaf) !== null);

const common: LeafTable = {
  id: field((leaf) => parseEnrollmentId(leaf) !== null),
  status: fieldOrProviderData((leaf) => mapId360Status(leaf) !== null),
  reason: codeOrText,
  // `reference` contains it only if the signed URL has no reference.
  client_reference: inProviderData,
};

const ours = omitted('it repeats what we sent to ID360 when we opened the case, including our secrets');
const file = omitted('the archive contains the files, and the manifest lists their hashes');

/** What becomes of each leaf of a report. Leaves without a rule go to `provider_data`. */
const reportTable: LeafTable = {
  ...common,
  version: inProviderData,
  level: inProviderData,
  environment: inProviderData,
  identity_status: inProviderData,
  id_verification_service: inProviderData,
  process_uuid: inProviderData,
  process_name: inProviderData,
  // `report-provider-data.ts` converts the times to UTC, and names those that it cannot read.
  creation_time: inProviderData,
  starting_time: inProviderData,
  finished_time: inProviderData,

  ...identity('identity'),
  ...fieldsBelow('identity', contactKeys),
  ...entriesOf('extracted_data.identity', identity),
  ...entriesOf('extracted_data.proof_of_address', (path) => fieldsBelow(path, proofOfAddressKeys)),
  ...entriesOf('extracted_data.bank_details', (path) => fieldsBelow(path, bankDetailsKeys)),
  // All other kinds: income_tax, kbis, pay_slip, property_tax …. ID360 does not document their members.
  'extracted_data.*': inProviderData,
  'blocks.*': inProviderData,

  ...entriesOf('external_methods.id_num.results.id_num_out_token', (path) => ({
    [path]: omitted('the signed token can be presented to others; we read its payload'),
    [`${path}.payload`]: inProviderData,
    ...fieldsBelow(`${path}.payload`, electronicIdentityKeys),
  })),

  ...entriesOf('documents.*', (path) => ({ [`${path}.files`]: file })),

  'status_codes[]': codeOrText,
  // A code with a message or a place is a reason, too. It stays beside its message and its place.
  'status_codes[].*': inProviderData,
  'all_status_codes[]': codeOrText,
  'all_status_codes[].*': inProviderData,

  'steps.*.results': omitted(
    'internal data of ID360, which changes its shape and contains keys of its services',
  ),
  'steps.*.input_files': omitted('it refers to files that `documents` lists'),
  signature: omitted('it signs the bytes of the report, which the archive contains'),

  callback_url: ours,
  callback_headers: ours,
  callback_endpoints: ours,
  browser_callback_url: ours,
  api_key: ours,
  'enrollment.callback_url': ours,
  'enrollment.callback_headers': ours,
  'enrollment.callback_endpoints': ours,
  'enrollment.browser_callback_url': ours,
  'enrollment.api_key': ours,
};

/** What becomes of each leaf of a callback. Leaves without a rule go to `provider_data`. */
const callbackTable: LeafTable = {
  ...common,
  'enrollment_step.*': inProviderData,
  'steps_status.*': inProviderData,
  callback_url: ours,
  callback_headers: ours,
  callback_endpoints: ours,
  browser_callback_url: ours,
  api_key: ours,
};

export const accountForReportLeaves = compileLeafTable(reportTable, isNameOfSecret);
export const accountForCallbackLeaves = compileLeafTable(callbackTable, isNameOfSecret);
