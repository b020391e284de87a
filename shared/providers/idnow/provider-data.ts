import { present } from '../../parsing/present.ts';
import type { Texts } from '../../parsing/read-texts.ts';
import { text } from '../../parsing/text.ts';
import { submitted, verified } from './field.ts';
import { fieldStatuses } from './field-statuses.ts';
import type { Ident } from './ident.ts';
import { parseBoolean } from './parse-boolean.ts';
import { submittedDocuments } from './submitted-documents.ts';

/** What has no common word, under IDnow's names. */
export function providerData(ident: Ident): Record<string, unknown> {
  const { process, userData } = ident;
  return present({
    id: text(process.id),
    type: text(process.type),
    filename: text(process.filename),
    href: text(process.href),
    agentname: text(process.agentname),
    poaresult: text(process.poaresult),
    previousresult: text(process.previousresult),
    wasnfcused: parseBoolean(process.wasnfcused),
    identchanges: parseBoolean(process.identchanges),
    reviewchanges: parseBoolean(process.reviewchanges),
    identlanguage: verified(userData.identlanguage) ?? submitted(userData.identlanguage),
    field_statuses: fieldStatuses(userData),
    submitted_documents: submittedDocuments(ident),
    customdata: filledIn(ident.customData),
    esigning: filledIn(ident.esigning),
    banktransferpaymentinfo: filledIn(ident.bankTransfer),
    attachments: filledIn(ident.attachments),
    /** Sections and fields that were not of the expected type; they are in the raw body only. */
    unreadable_sections: ident.unreadable,
  });
}

function filledIn(texts: Texts): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([name, value]) => {
    const filled = text(value);
    return filled === null ? [] : [[name, filled] as const];
  });
  return Object.fromEntries(entries);
}
