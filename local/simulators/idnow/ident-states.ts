/** The rule that gives each field of an ident its `status`. Every state of an ident has one such rule. */
export type IdentFieldStatusRule =
  /** The ident has only submitted values, because nothing was verified. */
  | 'original'
  /** Every verified value equals the submitted value. */
  | 'match'
  /** Each field compares the verified value with the submitted value of the sample person. Some values differ. */
  | 'compare'
  /** The ident has only verified values, and no submitted values. */
  | 'new';

interface StateShape {
  /** The value of the ident's `identificationprocess.result`. */
  result: string;
  reason?: string;
  values: IdentFieldStatusRule;
  document: 'absent' | 'empty' | 'read';
  files: 'none' | 'reports' | 'all';
  /** True if the ident has an `identificationtime`. An unfinished ident has no such time. */
  hasTime: boolean;
  /** True if the ident contains the name and the URL of its ZIP, in `filename` and `href`. */
  namesZip: boolean;
}

/**
 * The content of an ident in each state, copied from IDnow's samples. IDnow's documentation contradicts its samples: it
 * says that CHECK_PENDING and CANCELED webhooks have no document and no attachments. With the option `readout: false`,
 * an ident follows the documentation instead.
 */
export const identContentByState = {
  // IDnow publishes no sample for the status START. Our guess contains only data that exists before the user starts.
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
  // IDnow's test robot sends the result FAILED when it runs its test case CANCELED.
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

export type IdentState = keyof typeof identContentByState;

/** Returns the content that an ident has in the given state. */
export function getIdentContentInState(state: IdentState): StateShape {
  return identContentByState[state];
}
