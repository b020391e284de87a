/**
 * `idv-webhooks/events`: the events on the queue, as schemas of `zod/mini` and as types of the same names. A schema has the
 * methods `parse` and `safeParse`. For more, use the functions of `zod/mini`, such as `z.extend`.
 */
export {
  Address,
  Check,
  Findings,
  IdentityDocument,
  PersonClaims,
} from '../shared/contract/identity.ts';
export { ProviderName } from '../shared/contract/provider-name.ts';
export { Finality, Flag, Outcome, Phase, Reason, ReasonCategory } from '../shared/contract/state.ts';
export {
  ArchivedArtifact,
  ChangedMember,
  type EventType,
  EvidenceState,
  eventTypes,
  MissingArtifact,
  VerificationEvent,
  VerificationEventData,
} from '../shared/contract/verification-event.ts';
