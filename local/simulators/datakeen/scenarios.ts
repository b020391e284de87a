import type { DatakeenWebhookContent } from './make-webhook.ts';
import type { DatakeenSessionOptions } from './session-options.ts';

export interface DatakeenScenarioStep {
  title: string;
  webhook: DatakeenWebhookContent;
  /** The session that the simulated API returns from this step on. Default: the session of the step before. */
  session?: Omit<DatakeenSessionOptions, 'sessionId'>;
  /** If true, the webhook is sent only after a fetcher has fetched the result that the step before stored. */
  afterFetch?: boolean;
  /** True if the webhook is never sent, although the simulated API returns the session. */
  isLost?: true;
}

interface DatakeenScenario {
  summary: string;
  steps: readonly DatakeenScenarioStep[];
}

type Session = NonNullable<DatakeenScenarioStep['session']>;

const passed: Session = {};
const failed: Session = { failedControls: { 'id-card': ['mrzConformity', 'mrzValidity'] } };
/** A session that Datakeen's AI does not decide: each document passes, but the names on the documents differ. */
const doubtful: Session = { failedCrossControls: ['matchNameInAllDocuments'] };

/** Creates the step at which a Datakeen session ends. The webhook of this step contains only the session id. */
function sessionEnds(session: Session): DatakeenScenarioStep {
  return { title: 'the session ends', webhook: {}, session };
}

const approved: DatakeenScenarioStep = {
  title: 'the session ends: ai_approved',
  webhook: { newStatus: 'ai_approved' },
  session: passed,
};

const rejected: DatakeenScenarioStep = {
  title: 'the session ends: ai_rejected',
  webhook: { newStatus: 'ai_rejected' },
  session: failed,
};

const userApproved: DatakeenScenarioStep = {
  title: 'an analyst decides: user_approved',
  webhook: { by: 'analyst', newStatus: 'user_approved' },
  afterFetch: true,
};

/** Datakeen's scenarios: all endings of a session, and late, lost, repeated and forged webhooks. */
export const datakeenScenarios = {
  APPROVED: { summary: 'the session passes, ai_approved', steps: [approved] },
  DECLINED: { summary: 'the card does not pass, ai_rejected', steps: [rejected] },
  V1_APPROVED: { summary: 'the session passes, the webhook has only its id', steps: [sessionEnds(passed)] },
  V1_DECLINED: {
    summary: 'the card does not pass, the webhook has only the id',
    steps: [sessionEnds(failed)],
  },
  VERIFY_THEN_USER_APPROVED: {
    summary: 'names differ, verify, then an analyst approves',
    steps: [
      { title: 'the session ends: verify', webhook: { newStatus: 'verify' }, session: doubtful },
      userApproved,
    ],
  },
  LOST_FINAL: {
    summary: 'the session passes, but its webhook is lost',
    steps: [{ ...approved, isLost: true }],
  },
  REVISED_FINAL: {
    summary: 'ai_approved, then an analyst rejects',
    steps: [
      approved,
      {
        title: 'an analyst decides: user_rejected',
        webhook: { by: 'analyst', newStatus: 'user_rejected' },
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
    summary: 'a webhook for a session that the provider does not know',
    steps: [{ title: 'somebody claims: ai_approved', webhook: { newStatus: 'ai_approved' } }],
  },
  DEMO: {
    summary: 'the session passes, and its webhook comes twice',
    steps: [sessionEnds(passed), { ...sessionEnds(passed), title: 'the same webhook again' }],
  },
} as const satisfies Record<string, DatakeenScenario>;
