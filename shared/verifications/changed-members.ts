import { toCanonicalJson } from '../contract/canonical-json.ts';
import { emptyFindings } from '../contract/identity.ts';
import { ChangedMember } from '../contract/verification-event.ts';
import { noFindings } from './findings-after.ts';
import type { Verification } from './verification.ts';

const findingsMembers: readonly ChangedMember[] = [
  'claims',
  'extracted',
  'submitted',
  'documents',
  'checks',
  'provider_data',
];

/**
 * Lists the members of an event's data that differ from the event before. `reasons` also stands for `reasonsOmitted`.
 *
 * If the findings are in the bucket, they cannot be compared: if they moved, all members of the findings count as changed.
 *
 * @param before the verification before the event; null if there was none, which counts as empty
 */
export function listChangedMembers(before: Verification | null, after: Verification): ChangedMember[] {
  const isMoved = !isEqual(before?.findings.object ?? null, after.findings.object);
  const [old, now] = [membersOf(before), membersOf(after)];
  return ChangedMember.options.filter(
    (name) => (isMoved && findingsMembers.includes(name)) || !isEqual(old[name], now[name]),
  );
}

function membersOf(verification: Verification | null): Readonly<Record<ChangedMember, unknown>> {
  const { reference, phase, outcome, finality, flags, providerStatus, evidence, ordering } =
    verification ?? nothing;
  const { reasons, reasonsOmitted } = verification ?? nothing;
  const { inline } = verification?.findings ?? noFindings;
  return {
    ...inline,
    ...{ reference, phase, outcome, finality, flags, providerStatus, evidence },
    reasons: [reasons, reasonsOmitted],
    attempt: ordering?.attempt,
  };
}

const nothing = {
  ...emptyFindings,
  reference: null,
  phase: undefined,
  outcome: null,
  finality: undefined,
  flags: [],
  reasons: [],
  reasonsOmitted: undefined,
  providerStatus: undefined,
  evidence: null,
  ordering: undefined,
};

/**
 * Compares two values as JSON. The order of keys does not count: a row that was read has the order of its schema, a new
 * value has the order of its reader.
 */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  if (one === other) return true;
  return one?.length === other?.length && toCanonicalJson(a) === toCanonicalJson(b);
}
