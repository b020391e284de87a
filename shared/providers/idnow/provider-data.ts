import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import type { TextSection } from '../../parsing/read-texts.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import { listIdnowFieldStatuses } from './field-statuses.ts';
import { getSubmittedFieldValue, getVerifiedFieldValue } from './field-values.ts';
import { parseBoolean } from './parse-boolean.ts';
import type { Ident } from './read-ident.ts';
import { pickSubmittedDocumentFields } from './submitted-documents.ts';

/** Returns the data for which the event contract has no field, under IDnow's names. */
export function buildIdnowProviderData(ident: Ident): Record<string, unknown> {
  const { process, userData } = ident;
  return omitEmptyFields({
    id: nullIfBlank(process.id),
    type: nullIfBlank(process.type),
    filename: nullIfBlank(process.filename),
    href: nullIfBlank(process.href),
    agentname: nullIfBlank(process.agentname),
    poaresult: nullIfBlank(process.poaresult),
    previousresult: nullIfBlank(process.previousresult),
    wasnfcused: parseBoolean(process.wasnfcused),
    identchanges: parseBoolean(process.identchanges),
    reviewchanges: parseBoolean(process.reviewchanges),
    identlanguage:
      getVerifiedFieldValue(userData.identlanguage) ?? getSubmittedFieldValue(userData.identlanguage),
    field_statuses: listIdnowFieldStatuses(userData),
    submitted_documents: pickSubmittedDocumentFields(ident),
    customdata: filledIn(ident.customData),
    esigning: filledIn(ident.esigning),
    banktransferpaymentinfo: filledIn(ident.bankTransfer),
    attachments: filledIn(ident.attachments),
    /**
     * The names of the sections and fields that have an unexpected type. Their values are only in the raw body of the
     * webhook.
     */
    unreadable_sections: ident.unreadable,
  });
}

function filledIn(texts: TextSection): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([name, value]) => {
    const filled = nullIfBlank(value);
    return filled === null ? [] : [[name, filled] as const];
  });
  return Object.fromEntries(entries);
}
