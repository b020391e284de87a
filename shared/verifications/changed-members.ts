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
 * Lists the members of an event's data that differ from the event before.
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
  const { reference, phase, outcome, finality, flags, reasons, providerStatus, evidence, ordering } =
    verification ?? nothing;
  const { inline } = verification?.findings ?? noFindings;
  return {
    ...inline,
    ...{ reference, phase, outcome, finality, flags, reasons, providerStatus, evidence },
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
  providerStatus: undefined,
  evidence: null,
  ordering: undefined,
};

function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
