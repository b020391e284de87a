import { omitEmpty } from '../../parsing/omit-empty.ts';
import type { Texts } from '../../parsing/read-texts.ts';
import { nonBlank } from '../../parsing/text.ts';
import { fieldStatuses } from './field-statuses.ts';
import { submittedValue, verifiedValue } from './field-values.ts';
import { parseBoolean } from './parse-boolean.ts';
import type { Ident } from './read-ident.ts';
import { submittedDocuments } from './submitted-documents.ts';

/** Returns the data for which the event contract has no field, under IDnow's names. */
export function providerData(ident: Ident): Record<string, unknown> {
  const { process, userData } = ident;
  return omitEmpty({
    id: nonBlank(process.id),
    type: nonBlank(process.type),
    filename: nonBlank(process.filename),
    href: nonBlank(process.href),
    agentname: nonBlank(process.agentname),
    poaresult: nonBlank(process.poaresult),
    previousresult: nonBlank(process.previousresult),
    wasnfcused: parseBoolean(process.wasnfcused),
    identchanges: parseBoolean(process.identchanges),
    reviewchanges: parseBoolean(process.reviewchanges),
    identlanguage: verifiedValue(userData.identlanguage) ?? submittedValue(userData.identlanguage),
    field_statuses: fieldStatuses(userData),
    submitted_documents: submittedDocuments(ident),
    customdata: filledIn(ident.customData),
    esigning: filledIn(ident.esigning),
    banktransferpaymentinfo: filledIn(ident.bankTransfer),
    attachments: filledIn(ident.attachments),
    /** Names the sections and fields that have an unexpected type. Only the raw body contains their values. */
    unreadable_sections: ident.unreadable,
  });
}

function filledIn(texts: Texts): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([name, value]) => {
    const filled = nonBlank(value);
    return filled === null ? [] : [[name, filled] as const];
  });
  return Object.fromEntries(entries);
}
