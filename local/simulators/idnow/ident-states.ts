/** Which status the fields of an ident get in a state. */
export type FieldMarking =
  /** Only submitted values. Nothing was verified. */
  | 'original'
  /** Verified values that equal the submitted values. */
  | 'match'
  /** Verified values. Some differ from the submitted values, as the specimen defines. */
  | 'compare'
  /** Verified values without submitted values. */
  | 'new';

interface StateShape {
  /** The value of `identificationprocess.result`. */
  result: string;
  reason?: string;
  values: FieldMarking;
  document: 'absent' | 'empty' | 'read';
  files: 'none' | 'reports' | 'all';
  /** Whether `identificationtime` is set. An unfinished ident has no time. */
  hasTime: boolean;
  /** Whether the body names the ZIP in `filename` and `href`. */
  namesZip: boolean;
}

/**
 * The content of an ident in each state, according to IDnow's samples. IDnow's text differs: CHECK_PENDING and CANCELED
 * webhooks have no document and no attachments. The option `readout: false` of `makeIdent` follows the text.
 */
export const identStates = {
  // IDnow publishes no sample of this webhook. The webhook contains only data that exists before the user starts.
  START: {
    result: 'STARTED',
    values: 'original',
    document: 'absent',
    files: 'none',
    hasTime: false,
    namesZip: false,
  },
  CHECK_PENDING: {
    result: 'CHECK_PENDING',
    values: 'original',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: false,
  },
  REVIEW_PENDING: {
    result: 'REVIEW_PENDING',
    values: 'compare',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: true,
  },
  FRAUD_SUSPICION_PENDING: {
    result: 'FRAUD_SUSPICION_PENDING',
    reason: 'WARNING_FAKED_MANIPULATED_ID',
    values: 'new',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: true,
  },
  SUCCESS: {
    result: 'SUCCESS',
    values: 'match',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: true,
  },
  SUCCESS_DATA_CHANGED: {
    result: 'SUCCESS_DATA_CHANGED',
    values: 'compare',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: true,
  },
  FRAUD_SUSPICION_CONFIRMED: {
    result: 'FRAUD_SUSPICION_CONFIRMED',
    reason: 'WARNING_FAKED_MANIPULATED_ID',
    values: 'new',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: true,
  },
  ABORTED: {
    result: 'ABORTED',
    reason: 'USER_CANCELLATION_IDENTIFY_LATER',
    values: 'original',
    document: 'empty',
    files: 'reports',
    hasTime: false,
    namesZip: false,
  },
  CANCELED: {
    result: 'CANCELED',
    reason: 'ID_EXPIRED',
    values: 'original',
    document: 'read',
    files: 'all',
    hasTime: true,
    namesZip: false,
  },
  // IDnow's test robot sends FAILED in its test case CANCELED.
  FAILED: {
    result: 'FAILED',
    reason: 'OTHER_ERROR',
    values: 'original',
    document: 'absent',
    files: 'none',
    hasTime: true,
    namesZip: false,
  },
} as const satisfies Record<string, StateShape>;

export type IdentState = keyof typeof identStates;

/** Returns the shape of a state, with the general type instead of the literal types above. */
export function identShapeOf(state: IdentState): StateShape {
  return identStates[state];
}
