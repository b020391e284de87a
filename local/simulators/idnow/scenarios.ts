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
  /** True if the webhook is never sent, although the simulated API returns the ident. */
  isLost?: true;
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
const succeeded: IdnowScenarioStep = { title: 'final: success', ident: { state: 'SUCCESS', minute: 12 } };
const corrected: IdnowScenarioStep = {
  title: 'final: success, data changed',
  ident: { state: 'SUCCESS_DATA_CHANGED', minute: 12 },
};

/** Creates a scenario whose final result has optional sections or fields. */
function withOptions(summary: string, options: Partial<StepIdent>): IdnowScenario {
  return { summary, steps: [started, checking, { ...succeeded, ident: { ...succeeded.ident, ...options } }] };
}

/** IDnow's scenarios: the test cases of IDnow's test robot, IDnow's options, and late, lost, repeated and reordered deliveries. */
export const idnowScenarios = {
  HAPPYPATH: {
    summary: 'started, checked, success',
    steps: [started, checking, succeeded],
  },
  DATA_CHANGED: {
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
  PROOF_OF_ADDRESS: withOptions('success, with a utility bill that proves the address', {
    proofOfAddress: 'SUCCESS',
  }),
  ESIGNING: withOptions('success, with a signed contract', { esigning: true }),
  BANK_TRANSFER: withOptions('success, with a signed contract and a bank transfer', {
    esigning: true,
    bankTransfer: true,
  }),
  NFC: withOptions('success, with the data of the NFC chip', { nfc: true }),
  DRIVERS_LICENSE: withOptions("success, with a driver's license as the document", { driverLicenses: true }),
  SECOND_DOCUMENT: withOptions("success, with a driver's license as the second document", {
    secondDocument: true,
  }),
  LOST_FINAL: {
    summary: 'success, but the webhook of the final result is lost',
    steps: [started, checking, { ...corrected, isLost: true }],
  },
  REVISED_FINAL: {
    summary: 'fraud confirmed, then a supervisor revises it to success',
    steps: [
      started,
      { title: 'final: fraud confirmed', ident: { state: 'FRAUD_SUSPICION_CONFIRMED', minute: 8 } },
      { ...succeeded, title: 'final, revised: success' },
    ],
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
