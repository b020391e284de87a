import type { IdentOptions } from './ident-options.ts';

/** The options of an ident that can differ between two steps of the same scenario. */
type StepIdent = Omit<IdentOptions, 'companyId' | 'transactionNumber' | 'time'> & {
  /** The time of the step, in minutes after the start of the scenario. */
  minute: number;
};

export interface IdnowScenarioStep {
  title: string;
  ident: StepIdent;
  /** True if the webhook arrives after a newer webhook. The simulated API then keeps the newer state. */
  isLate?: true;
}

interface IdnowScenario {
  summary: string;
  steps: readonly IdnowScenarioStep[];
}

const started: IdnowScenarioStep = { title: 'the user starts', ident: { state: 'START', minute: 0 } };
const checking: IdnowScenarioStep = {
  title: 'captured, waits for a check',
  ident: { state: 'CHECK_PENDING', minute: 3 },
};
const corrected: IdnowScenarioStep = {
  title: 'final: success, data changed',
  ident: { state: 'SUCCESS_DATA_CHANGED', minute: 12 },
};

/** IDnow's scenarios: the test cases of IDnow's test robot, and late, repeated and reordered deliveries. */
export const idnowScenarios = {
  HAPPYPATH: {
    summary: 'started, checked, success with changed data',
    steps: [started, checking, corrected],
  },
  FRAUDIDENT: {
    summary: 'started, suspicion of fraud, fraud confirmed',
    steps: [
      started,
      { title: 'captured, fraud suspected', ident: { state: 'FRAUD_SUSPICION_PENDING', minute: 3 } },
      {
        title: 'final: fraud confirmed',
        ident: {
          state: 'FRAUD_SUSPICION_CONFIRMED',
          reason: 'WARNING_FAKED_MANIPULATED_ID',
          previousResult: 'FRAUD_SUSPICION_PENDING',
          minute: 15,
        },
      },
    ],
  },
  CANCELED: {
    summary: 'started, then FAILED with OTHER_ERROR as the test robot does',
    steps: [started, { title: 'canceled by the robot', ident: { state: 'FAILED', minute: 6 } }],
  },
  ABORTED_THEN_RETRY: {
    summary: 'aborted by the user, then tried again with success',
    steps: [
      started,
      { title: 'the user gives up for now', ident: { state: 'ABORTED', minute: 2 } },
      { title: 'the user starts again', ident: { state: 'START', minute: 8 } },
      { title: 'captured, waits for a check', ident: { state: 'CHECK_PENDING', minute: 11 } },
      { title: 'final: success', ident: { state: 'SUCCESS', minute: 20 } },
    ],
  },
  OUT_OF_ORDER: {
    summary: 'the final result arrives before the real-time one',
    steps: [
      started,
      corrected,
      {
        title: 'the check, overtaken by the result',
        ident: { state: 'CHECK_PENDING', minute: 3 },
        isLate: true,
      },
    ],
  },
  DUPLICATES: {
    summary: 'every delivery arrives more than once',
    steps: [
      started,
      { ...started, title: 'the start again' },
      checking,
      { ...checking, title: 'the check again' },
      corrected,
      { ...corrected, title: 'the result again' },
      { ...corrected, title: 'the result, resent by an operator' },
    ],
  },
  DEMO: {
    summary: 'the happy path with a duplicate on the way and a stale check at the end',
    steps: [
      started,
      checking,
      { ...checking, title: 'the same check again' },
      corrected,
      {
        title: 'an older check, after the result',
        ident: { state: 'CHECK_PENDING', minute: 2, readout: false },
        isLate: true,
      },
    ],
  },
} as const satisfies Record<string, IdnowScenario>;
