/** How the values of an ident are marked in a state. */
export type Marking =
  /** Only what the company had sent: nothing was verified. */
  | 'original'
  /** Verified and equal to what was sent. */
  | 'match'
  /** Verified, and different where the specimen says so. */
  | 'compare'
  /** Verified, and nothing was sent to compare with. */
  | 'new';

interface StateShape {
  /** The word in `identificationprocess.result`. */
  result: string;
  reason?: string;
  values: Marking;
  document: 'absent' | 'empty' | 'read';
  files: 'none' | 'reports' | 'all';
  /** Whether `identificationtime` is set: an ident that nobody finished has none. */
  timed: boolean;
  /** Whether the body names the ZIP in `filename` and `href`. */
  named: boolean;
}

/**
 * What the provider's samples show for each state. Where its prose differs from them (no document, no
 * attachments in CHECK_PENDING and CANCELED webhooks), `makeIdent` has the option `readout: false`.
 */
export const identStates = {
  // The one webhook without a sample: made of what is known before anything was captured.
  START: {
    result: 'STARTED',
    values: 'original',
    document: 'absent',
    files: 'none',
    timed: false,
    named: false,
  },
  CHECK_PENDING: {
    result: 'CHECK_PENDING',
    values: 'original',
    document: 'read',
    files: 'all',
    timed: true,
    named: false,
  },
  REVIEW_PENDING: {
    result: 'REVIEW_PENDING',
    values: 'compare',
    document: 'read',
    files: 'all',
    timed: true,
    named: true,
  },
  FRAUD_SUSPICION_PENDING: {
    result: 'FRAUD_SUSPICION_PENDING',
    reason: 'WARNING_FAKED_MANIPULATED_ID',
    values: 'new',
    document: 'read',
    files: 'all',
    timed: true,
    named: true,
  },
  SUCCESS: { result: 'SUCCESS', values: 'match', document: 'read', files: 'all', timed: true, named: true },
  SUCCESS_DATA_CHANGED: {
    result: 'SUCCESS_DATA_CHANGED',
    values: 'compare',
    document: 'read',
    files: 'all',
    timed: true,
    named: true,
  },
  FRAUD_SUSPICION_CONFIRMED: {
    result: 'FRAUD_SUSPICION_CONFIRMED',
    reason: 'WARNING_FAKED_MANIPULATED_ID',
    values: 'new',
    document: 'read',
    files: 'all',
    timed: true,
    named: true,
  },
  ABORTED: {
    result: 'ABORTED',
    reason: 'USER_CANCELLATION_IDENTIFY_LATER',
    values: 'original',
    document: 'empty',
    files: 'reports',
    timed: false,
    named: false,
  },
  CANCELED: {
    result: 'CANCELED',
    reason: 'ID_EXPIRED',
    values: 'original',
    document: 'read',
    files: 'all',
    timed: true,
    named: false,
  },
  // What the test robot's CANCELED case sends.
  FAILED: {
    result: 'FAILED',
    reason: 'OTHER_ERROR',
    values: 'original',
    document: 'absent',
    files: 'none',
    timed: true,
    named: false,
  },
} as const satisfies Record<string, StateShape>;

export type IdentState = keyof typeof identStates;

/** The shape with its optional parts, which the literal types above do not all have. */
export function shapeOf(state: IdentState): StateShape {
  return identStates[state];
}
