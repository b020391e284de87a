/** A place where data of a case was, and how much of it was deleted. */
export interface ErasedLocation {
  /** Such as `table History`, `bucket evidence/` or `queue verification-events`. */
  readonly location: string;
  /** The number of deleted rows, object versions or messages. */
  readonly deleted: number;
}

/** What S3 Object Lock keeps. Delete markers hide it, and S3 deletes it after the lock. */
export interface LockedLocation {
  readonly location: string;
  readonly versions: number;
  /** When the last lock ends, as an ISO 8601 instant. */
  readonly until: string | null;
}

/** Data that nobody can delete, and when it disappears by itself, as an ISO 8601 instant. */
export interface ErasedRemains {
  readonly what: string;
  readonly until: string;
}

/** The proof of an erasure. It contains no personal data, so it may be kept and shown. */
export interface ErasureCertificate {
  readonly stage: string;
  readonly verificationId: string;
  readonly generation: string;
  /** The sequence of the event `idv.verification.erased.v1`. */
  readonly sequence: number;
  /** When the tombstone was written, and when this run ended, as ISO 8601 instants. */
  readonly erasedAt: string;
  readonly completedAt: string;
  /** When DynamoDB may delete the tombstone, as an ISO 8601 instant. */
  readonly tombstoneUntil: string | null;
  readonly deleted: readonly ErasedLocation[];
  readonly locked: readonly LockedLocation[];
  /** What nobody can delete, and when it disappears by itself. */
  readonly disappearing: readonly ErasedRemains[];
  /** What must still be done, as sentences. The erasure is complete if there is none. */
  readonly open: readonly string[];
}
