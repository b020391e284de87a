import type { News } from './make-webhook.ts';
import type { SessionOptions } from './session-options.ts';

export interface DatakeenStep {
  title: string;
  news: News;
  /** What the API knows from here on; as before where it is absent, and nothing before the first. */
  session?: Omit<SessionOptions, 'sessionId'>;
  /** Whether it comes only once the result has been fetched that the one before told of. */
  afterFetch?: boolean;
}

interface DatakeenScenario {
  summary: string;
  steps: readonly DatakeenStep[];
}

type Session = NonNullable<DatakeenStep['session']>;

const passed: Session = {};
const failed: Session = { failedControls: { 'id-card': ['mrzConformity', 'mrzValidity'] } };
/** Every document is good, but they are not of one person: nothing that a machine would decide. */
const doubtful: Session = { failedCrossControls: ['matchNameInAllDocuments'] };

/** v1: the webhook says only that there is something to fetch. */
function end(session: Session): DatakeenStep {
  return { title: 'the session ends', news: {}, session };
}

const approved: DatakeenStep = {
  title: 'the session ends: ai_approved',
  news: { newStatus: 'ai_approved' },
  session: passed,
};

const rejected: DatakeenStep = {
  title: 'the session ends: ai_rejected',
  news: { newStatus: 'ai_rejected' },
  session: failed,
};

const userApproved: DatakeenStep = {
  title: 'an analyst decides: user_approved',
  news: { by: 'analyst', newStatus: 'user_approved' },
  afterFetch: true,
};

/** How a session can end, who decides, and the ways in which deliveries go wrong. */
export const datakeenScenarios = {
  APPROVED: { summary: 'the session passes, ai_approved', steps: [approved] },
  DECLINED: { summary: 'the card does not pass, ai_rejected', steps: [rejected] },
  V1_APPROVED: { summary: 'the session passes, the webhook has only its id', steps: [end(passed)] },
  V1_DECLINED: { summary: 'the card does not pass, the webhook has only the id', steps: [end(failed)] },
  VERIFY_THEN_USER_APPROVED: {
    summary: 'names differ, verify, then an analyst approves',
    steps: [
      { title: 'the session ends: verify', news: { newStatus: 'verify' }, session: doubtful },
      userApproved,
    ],
  },
  REVERSED: {
    summary: 'ai_approved, then an analyst rejects',
    steps: [
      approved,
      {
        title: 'an analyst decides: user_rejected',
        news: { by: 'analyst', newStatus: 'user_rejected' },
        afterFetch: true,
      },
    ],
  },
  LATE_MACHINE: {
    summary: "an analyst approves, then the machine's ai_rejected comes late",
    steps: [
      { ...userApproved, session: failed, afterFetch: false },
      { ...rejected, title: 'the session ends, late: ai_rejected', afterFetch: true },
    ],
  },
  DUPLICATE: {
    summary: 'the same webhook three times',
    steps: [approved, { ...approved, title: 'the same again' }, { ...approved, title: 'and again' }],
  },
  FORGED: {
    summary: 'of a session that the provider does not know',
    steps: [{ title: 'somebody claims: ai_approved', news: { newStatus: 'ai_approved' } }],
  },
  DEMO: {
    summary: 'the session passes, and its webhook comes twice',
    steps: [end(passed), { ...end(passed), title: 'the same webhook again' }],
  },
} as const satisfies Record<string, DatakeenScenario>;
