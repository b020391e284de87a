/** `idv-webhooks/events`: the events on the queue, as zod schemas and as types of the same names. */
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
