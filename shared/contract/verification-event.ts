import * as z from 'zod/mini';
import { generationFormat } from './generation.ts';
import { Findings } from './identity.ts';
import { ProviderName } from './provider-name.ts';
import { VerificationState } from './state.ts';

export const eventTypes = [
  'idv.verification.started.v1',
  'idv.verification.progressed.v1',
  'idv.verification.updated.v1',
  'idv.verification.decided.v1',
  'idv.verification.ended.v1',
  'idv.verification.revised.v1',
  'idv.verification.overdue.v1',
  'idv.verification.erased.v1',
  'idv.evidence.archived.v1',
  'idv.evidence.failed.v1',
] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

/** The hash that the provider gives for a file, in the provider's own notation. */
const ProviderHash = z.object({
  /** The provider's name of the algorithm, such as `MD5`. */
  algorithm: z.string(),
  value: z.string(),
  /** True if the provider's hash equals the hash of the archived bytes; null if the two cannot be compared. */
  matched: z.nullable(z.boolean()),
});

/** One object of the archive. `sha256` is hexadecimal, `size` in bytes. */
export const ArchivedArtifact = z.object({
  name: z.string(),
  key: z.string(),
  size: z.int(),
  sha256: z.string(),
  contentType: z.string(),
  /** The hash that the provider gives for this artifact; absent if it gives none. */
  providerHash: z.optional(ProviderHash),
});
export type ArchivedArtifact = z.infer<typeof ArchivedArtifact>;

/** An artifact that the provider lists but we could not archive, with the reason. */
export const MissingArtifact = z.object({ name: z.string(), reason: z.string() });
export type MissingArtifact = z.infer<typeof MissingArtifact>;

/**
 * The evidence of a verification as of an event. `status`, `requestedBy` and `reason` are about the evidence that was
 * requested last. The other fields are about the evidence that was archived last, which may be an earlier one.
 */
export const EvidenceState = z.object({
  /** `pending`: the job is not finished. `archived`: the archive is complete. `failed`: the job was given up. */
  status: z.enum(['pending', 'archived', 'failed']),
  /** The sequence of the event that requested the evidence; 0 if this event is from an earlier generation. */
  requestedBy: z.int().check(z.nonnegative()),
  /** The bucket of the artifacts; null if nothing is archived. */
  bucket: z.nullable(z.string()),
  /** The S3 key of the manifest; null if no archive is complete. The archive of a job is complete if it has a manifest. */
  manifest: z.nullable(z.string()),
  /** The SHA-256 of the manifest's bytes, in hexadecimal; null if there is no manifest. */
  manifestSha256: z.nullable(z.string()),
  /** The first archived artifacts: 200 at most, and fewer if their names are long. The manifest lists all artifacts. */
  artifacts: z.array(ArchivedArtifact),
  /** The first missing artifacts: 200 at most, and fewer if their names are long. The manifest lists all of them. */
  missing: z.array(MissingArtifact),
  /** The numbers of artifacts and of missing artifacts that this event does not list; absent if it lists all. */
  omitted: z.optional(z.object({ artifacts: z.int(), missing: z.int() })),
  /** The reason why the job failed; null if it did not fail. */
  reason: z.nullable(z.string()),
});
export type EvidenceState = z.infer<typeof EvidenceState>;

/** A member of an event's `data` that an event may change. */
export const ChangedMember = z.enum([
  'reference',
  'attempt',
  'phase',
  'outcome',
  'finality',
  'flags',
  'reasons',
  'providerStatus',
  'claims',
  'extracted',
  'submitted',
  'documents',
  'checks',
  'provider_data',
  'evidence',
]);
export type ChangedMember = z.infer<typeof ChangedMember>;

/**
 * The member `data` of an event: the whole verification as of this event. It contains the state, the provider's findings
 * and the evidence, not only what has changed.
 */
export const VerificationEventData = z.extend(VerificationState, {
  provider: ProviderName,
  verificationId: z.string(),
  reference: z.nullable(z.string()),
  /** At least this number of reasons is not listed in `reasons`; absent if `reasons` lists all. */
  reasonsOmitted: z.optional(z.int()),
  /**
   * The life of the verification's row to which `sequence` belongs. If a row expired, was erased or was restored, the next
   * event has a later generation. Consumers order events by generation, then by sequence. Generations compare as text.
   */
  generation: z.string().check(z.regex(generationFormat)),
  /** Counts the events of the verification in this generation: 1, 2, 3 … without a gap or a repetition. */
  sequence: z.int().check(z.positive()),
  /** The number of the user's attempt, beginning with 1. */
  attempt: z.int().check(z.positive()),
  /** When the state of the case changed, by the provider's clock; null if the provider gives no time. */
  occurredAt: z.nullable(z.string()),
  /** When we received the transition. */
  receivedAt: z.string(),
  ...Findings.shape,
  /** The evidence of the verification; null if no event has requested evidence. */
  evidence: z.nullable(EvidenceState),
  /** The id of the final event that this event replaces; null if this event is not a revision. */
  supersedes: z.nullable(z.string()),
  /** The members of `data` whose values differ from the event before. In the first event: those that are not empty. */
  changed: z.array(ChangedMember),
});
export type VerificationEventData = z.infer<typeof VerificationEventData>;

/** A message on the events queue: a CloudEvent 1.0 in structured JSON. */
export const VerificationEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: EventType,
  subject: z.string(),
  time: z.string(),
  sequence: z.string(),
  sequencetype: z.literal('Integer'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  /** The S3 URL of the findings, if the findings are too large for the event (CloudEvents claim check). */
  dataref: z.optional(z.string()),
  data: VerificationEventData,
});
export type VerificationEvent = z.infer<typeof VerificationEvent>;

/**
 * The identifier of the JSON Schema of the event. Nothing is published at this URL: the schema is in `docs/events/`.
 */
export const eventSchemaId = 'https://idv-webhooks.example/schemas/verification-event.v1.schema.json';
