import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { listIdnowFieldStatuses } from './field-statuses.ts';
import { getSubmittedFieldValue, getVerifiedFieldValue } from './field-values.ts';
import type { Ident } from './read-ident.ts';
import { pickSubmittedDocumentFields } from './submitted-documents.ts';

/**
 * Returns the data for which the event contract has no field, under IDnow's names. The known fields of
 * `identificationprocess` are at the top. All other fields have the nesting that they have in the ident.
 */
export function buildIdnowProviderData(ident: Ident, isAddressProven: boolean): Record<string, unknown> {
  const { process, userData, leavesWithoutField } = ident;
  const known = {
    id: process.id,
    type: process.type,
    filename: process.filename,
    href: process.href,
    agentname: process.agentname,
    poaresult: process.poaresult,
    previousresult: process.previousresult,
    wasnfcused: process.wasnfcused,
    identchanges: process.identchanges,
    reviewchanges: process.reviewchanges,
    identlanguage:
      getVerifiedFieldValue(userData.identlanguage) ?? getSubmittedFieldValue(userData.identlanguage),
    field_statuses: listIdnowFieldStatuses(ident, isAddressProven),
    submitted_documents: pickSubmittedDocumentFields(ident),
    /** The paths of the leaves with an unexpected form. Their values are only in the raw body of the webhook. */
    unreadable: leavesWithoutField.unreadable,
  };
  return { ...withoutNamesOf(known, leavesWithoutField.providerData), ...omitEmptyFields(known) };
}

/** Moves sections that are unknown to us and have a name of ours, such as `id`, to `sections_with_same_name`. */
function withoutNamesOf(known: object, sections: Readonly<Record<string, unknown>>): object {
  const isTaken = (name: string) => name === 'sections_with_same_name' || Object.hasOwn(known, name);
  const names = Object.keys(sections);
  if (!names.some(isTaken)) return sections;
  const pick = (isPicked: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(sections).filter(([name]) => isPicked(name)));
  return { ...pick((name) => !isTaken(name)), sections_with_same_name: pick(isTaken) };
}
