import { membersOf } from './members-of.ts';
import { parseBoolean } from './parse-boolean.ts';
import { readText } from './read-text.ts';

/**
 * Reads the section `identificationprocess` without company id, transaction number, result and time. Those four are read
 * separately, because an ident is quarantined if one of them is unreadable.
 */
export function readIdnowProcess(raw: unknown) {
  const process = membersOf(raw);
  return {
    reason: isReasonCode(process.reason) ? readText(process.reason) : null,
    id: readText(process.id),
    type: readText(process.type),
    filename: readText(process.filename),
    href: readText(process.href),
    agentname: readText(process.agentname),
    poaresult: readText(process.poaresult),
    previousresult: readText(process.previousresult),
    wasnfcused: parseBoolean(process.wasnfcused),
    identchanges: parseBoolean(process.identchanges),
    reviewchanges: parseBoolean(process.reviewchanges),
  };
}

const longestReasonCode = 255;

/**
 * Checks whether a value can be a reason code, which becomes a part of the state unchanged. Its length is limited, so that
 * the state fits into a row and an event. Any other reason is in `provider_data`.
 */
export function isReasonCode(raw: unknown): raw is string {
  return typeof raw === 'string' && raw.length <= longestReasonCode && raw.isWellFormed();
}
