import { getJsonMember } from '../../parsing/member-of.ts';
import { extractRawIdents } from '../../providers/idnow/raw-idents.ts';
import { parseJson } from '../../receiving/parse-json.ts';

/** What the cause of a quarantine can be about, in the body of one provider. */
interface MembersOfCase {
  /** The member that contains the provider status. */
  readonly status: string;
  /** The members that name the case. */
  readonly ids: readonly string[];
  /** The member that contains the provider's time; undefined if there is none. */
  readonly time?: string;
  /** Finds the JSON object with these members. @returns undefined if the body has none */
  readonly find: (body: unknown) => unknown;
}

const providers: Readonly<Record<string, MembersOfCase>> = {
  idnow: {
    status: 'result',
    ids: ['companyid', 'transactionnumber'],
    time: 'identificationtime',
    find: (body) => extractRawIdents(body)[0]?.identificationprocess,
  },
  id360: { status: 'status', ids: ['id'], find: (body) => body },
  datakeen: { status: 'newStatus', ids: ['sessionId'], find: (body) => body },
};

/**
 * Describes why a delivery is in quarantine, so that deliveries with the same cause can be counted and replayed together.
 * It is the reason, and what the reason is about: the unknown status, or the name of a member. A status that does not look
 * like a code may be personal data, so only its type is named. The cause depends on the body alone, so a newer reader does
 * not change it.
 *
 * @param reason why the delivery was quarantined, as the history has it
 * @param body null if the raw body no longer exists
 * @example 'unknown-status:SUCCESS_MANUAL', 'unidentified:transactionnumber', 'not-json'
 */
export function describeCause(
  reason: string,
  { provider, body }: { readonly provider: string; readonly body: Uint8Array | null },
): string {
  const members = providers[provider];
  const parsed = body === null ? null : parseJson(body);
  if (members === undefined || parsed?.kind !== 'json') return reason;
  const about = findSubject(reason, members, members.find(parsed.value));
  return about === null ? reason : `${reason}:${about}`;
}

function findSubject(reason: string, { status, ids, time }: MembersOfCase, of: unknown): string | null {
  switch (reason) {
    case 'unknown-status':
      return nameStatus(getJsonMember(of, status));
    case 'unidentified':
      return ids.find((id) => !isUsableId(getJsonMember(of, id))) ?? ids[0] ?? null;
    case 'unreadable-time':
      return time ?? null;
    default:
      return null;
  }
}

const isUsableId = (id: unknown) => (typeof id === 'string' && id.trim() !== '') || typeof id === 'number';

function nameStatus(status: unknown): string {
  if (typeof status === 'string') return /^[A-Za-z][\w-]{0,39}$/.test(status) ? status : '(text)';
  return `(${Array.isArray(status) ? 'array' : typeof status})`;
}

/** Checks whether a cause is the wanted one. A wanted cause without a colon stands for all causes with this reason. */
export function hasCause(cause: string, wanted: string): boolean {
  return cause === wanted || cause.startsWith(`${wanted}:`);
}
