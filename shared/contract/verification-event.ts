import * as z from 'zod';
import { Findings } from './identity.ts';
import { ProviderName } from './provider-name.ts';
import { State } from './state.ts';

export const eventTypes = [
  'idv.verification.started.v1',
  'idv.verification.progressed.v1',
  'idv.verification.updated.v1',
  'idv.verification.decided.v1',
  'idv.verification.ended.v1',
  'idv.verification.revised.v1',
  'idv.evidence.archived.v1',
  'idv.evidence.failed.v1',
] as const;
export type EventType = (typeof eventTypes)[number];

/** The provider's own hash of a file, as the provider writes it. */
const ProviderHash = z.object({
  /** The provider's name of it, `MD5`. */
  algorithm: z.string(),
  value: z.string(),
  /** Whether it is the hash of what is archived; null where it could not be compared. */
  matched: z.boolean().nullable(),
});

/** One object of the archive. `sha256` is hexadecimal, `size` in bytes. */
export const ArchivedArtifact = z.object({
  name: z.string(),
  key: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  contentType: z.string(),
  /** Absent where the provider gives no hash. */
  providerHash: ProviderHash.optional(),
});
export type ArchivedArtifact = z.infer<typeof ArchivedArtifact>;

/** An artifact that the archive lacks, and why. */
export const MissingArtifact = z.object({ name: z.string(), reason: z.string() });
export type MissingArtifact = z.infer<typeof MissingArtifact>;

/** What an `idv.evidence.*` event says of the archive. */
export const EvidenceNotice = z.object({
  /** The sequence of the event that asked for this evidence. */
  requestedBy: z.number().int(),
  /** Null where nothing was archived. */
  bucket: z.string().nullable(),
  /** Key of the manifest: the archive is complete once it exists. */
  manifest: z.string().nullable(),
  /** The first of each, 200 at most and fewer where their names are long; the manifest lists all. */
  artifacts: z.array(ArchivedArtifact),
  missing: z.array(MissingArtifact),
  /** How many more there are of each; absent where all are listed. */
  omitted: z.object({ artifacts: z.number().int(), missing: z.number().int() }).optional(),
  /** Why it failed; null where it did not. */
  reason: z.string().nullable(),
});
export type EvidenceNotice = z.infer<typeof EvidenceNotice>;

export const VerificationEventData = State.extend({
  provider: ProviderName,
  verificationId: z.string(),
  reference: z.string().nullable(),
  /** How many reasons more, at least, the provider gave than `reasons` holds; absent where it holds all. */
  reasonsOmitted: z.number().int().optional(),
  /** 1, 2, 3 … per verification, without gap or repetition. */
  sequence: z.number().int().positive(),
  attempt: z.number().int().positive(),
  /** The provider's time; null where it gives none. */
  occurredAt: z.string().nullable(),
  receivedAt: z.string(),
  ...Findings.shape,
  evidence: EvidenceNotice.nullable(),
  /** Id of the final event that this one replaces. */
  supersedes: z.string().nullable(),
});
export type VerificationEventData = z.infer<typeof VerificationEventData>;

/** What a consumer of the queue gets: a CloudEvent 1.0 in structured JSON. */
export const VerificationEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.enum(eventTypes),
  subject: z.string(),
  time: z.string(),
  sequence: z.string(),
  sequencetype: z.literal('Integer'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  /** CloudEvents claim check: where the findings are, when they were too large for the event. */
  dataref: z.string().optional(),
  data: VerificationEventData,
});
export type VerificationEvent = z.infer<typeof VerificationEvent>;

/** The name of the schema (an identifier, as JSON Schema has it; the file is `docs/events/`). */
export const dataSchema = 'https://idv-webhooks.example/schemas/verification-event.v1.schema.json';
