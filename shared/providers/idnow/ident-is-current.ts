import type { Check } from '../../contract/identity.ts';
import type { Transition } from '../../contract/transition.ts';
import { parseUtf8Json } from '../../parsing/parse-utf8-json.ts';
import { describesIdent } from './describes-ident.ts';
import { readIdents } from './read-idents.ts';

/** The name of the archived ident. */
export const identName = 'ident.json';

const checkName = 'ident_is_current';

/** Makes the check that names an archived ident which IDnow's API has not updated since its webhook. */
export function makeOlderIdentCheck({ providerStatus }: Pick<Transition, 'providerStatus'>): Check {
  return {
    name: checkName,
    passed: false,
    confidence: null,
    document: null,
    providerResult: providerStatus,
  };
}

/** The case of an archived ident, as its latest event tells it. */
interface CaseOfIdent {
  readonly verificationId: string;
  readonly providerStatus: string;
  /** The provider's time of the state, as an ISO 8601 instant; null if it has none. */
  readonly occurredAt: string | null;
  readonly checks: readonly Check[];
}

/**
 * Explains why an archived ident (`ident.json`) is not the ident of the case's current state.
 *
 * @returns null if it is
 */
export function explainOutdatedIdent(of: CaseOfIdent, bytes: Uint8Array): string | null {
  const ident = readArchivedIdent(of.verificationId, bytes);
  if (ident === null) return 'the archived ident cannot be read';
  if (ident.providerStatus !== of.providerStatus)
    return `the archived ident has the status ${ident.providerStatus}, but the case ${of.providerStatus}`;
  const isNamed = of.checks.some(({ name, passed }) => name === checkName && passed === false);
  return isNamed || isEarlier(ident.occurredAt, of.occurredAt)
    ? 'the archived ident is older than the case'
    : null;
}

function isEarlier(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Date.parse(a) < Date.parse(b);
}

function readArchivedIdent(verificationId: string, bytes: Uint8Array): Transition | null {
  const json = parseOrNull(bytes);
  if (!describesIdent(json, verificationId)) return null;
  const [reading] = readIdents(json, { wantsEvidence: () => false });
  return reading?.kind === 'understood' ? reading.transition : null;
}

function parseOrNull(bytes: Uint8Array): unknown {
  try {
    return parseUtf8Json(bytes);
  } catch {
    return null;
  }
}
