import type { Id360CallbackOptions } from './make-callback.ts';
import type { Id360ReportOptions } from './report-options.ts';

export interface Id360ScenarioStep {
  title: string;
  callback: Omit<Id360CallbackOptions, 'id'>;
  /** The report that the simulated API returns from this step on. Default: the report of the step before. */
  report?: Omit<Id360ReportOptions, 'id' | 'time' | 'clientReference'>;
  /** True if the callback is never sent, although the simulated API returns the report. */
  isLost?: true;
}

interface Id360Scenario {
  summary: string;
  steps: readonly Id360ScenarioStep[];
}

const titles = [
  'document read',
  'photo checked',
  'no screen seen',
  'first challenge',
  'second challenge',
  'faces compared',
];

function step(number: number, extra: Partial<Id360ScenarioStep> = {}): Id360ScenarioStep {
  const title = `step ${number}: ${titles[number - 1]}`;
  return { title, callback: { step: { number } }, ...extra };
}

const first = step(1, { report: { status: 'STARTED' } });

const ok: Id360ScenarioStep = { title: 'final: OK', callback: { status: 'OK' }, report: { status: 'OK' } };

const badDocument = ['VLD_DOCUMENT_INVALID'];

/** ID360's scenarios: all endings of an enrollment, and late, lost, repeated and reordered deliveries. */
export const id360Scenarios = {
  OK: {
    summary: 'every step, then OK',
    steps: [first, step(2), step(3), step(4), step(5), step(6), ok],
  },
  KO: {
    summary: 'the document does not pass, KO',
    steps: [
      {
        title: 'step 1: document refused',
        callback: { step: { number: 1, status: 'KO', errors: badDocument } },
        report: { status: 'STARTED' },
      },
      {
        title: 'final: KO',
        callback: { status: 'KO', done: 1 },
        report: {
          status: 'KO',
          statusCodes: [
            { code: 'VLD_DOCUMENT_INVALID', message: 'The document is not valid' },
            { code: 'VLD_VALIDATION_KO', message: 'The validation failed', where: 'enrollment' },
          ],
        },
      },
    ],
  },
  FAILED: {
    summary: 'an error of the provider itself',
    steps: [
      first,
      {
        title: 'final: FAILED',
        callback: { status: 'FAILED', reason: 'SVC_RESPONSE_INVALID', done: 1 },
        report: { status: 'FAILED', statusCodes: [{ code: 'SVC_RESPONSE_INVALID' }] },
      },
    ],
  },
  TIMEOUT: {
    summary: 'the user takes too long, CANCELED',
    steps: [
      first,
      step(2),
      {
        title: 'final: CANCELED, out of time',
        callback: { status: 'CANCELED', reason: 'ERL_TIMEOUT', done: 2 },
        report: { status: 'CANCELED', statusCodes: [{ code: 'ERL_TIMEOUT', where: 'enrollment' }] },
      },
    ],
  },
  DISCONTINUED: {
    summary: 'interrupted by the API',
    steps: [
      first,
      {
        title: 'final: DISCONTINUED',
        callback: { status: 'DISCONTINUED', done: 1 },
        report: { status: 'DISCONTINUED' },
      },
    ],
  },
  STEPS_OUT_OF_ORDER: {
    summary: 'steps overtake each other, then OK',
    steps: [step(2, { report: { status: 'STARTED' } }), step(1), step(5), step(3), step(6), step(4), ok],
  },
  FINAL_BEFORE_LAST_STEP: {
    summary: 'OK arrives before the last step does',
    steps: [first, step(2), step(3), step(4), step(5), ok, step(6)],
  },
  LOST_FINAL: {
    summary: 'every step, then OK, but the final callback is lost',
    steps: [first, step(2), step(3), step(4), step(5), step(6), { ...ok, isLost: true }],
  },
  REVISED_FINAL: {
    summary: 'OK, then a second final callback with KO',
    steps: [
      first,
      ok,
      {
        title: 'final, revised: KO',
        callback: { status: 'KO', done: 1 },
        report: { status: 'KO', statusCodes: [{ code: 'VLD_VALIDATION_KO', where: 'enrollment' }] },
      },
    ],
  },
  DEMO: {
    summary: 'three steps, one of them twice, OK, and a step that comes late',
    steps: [
      first,
      step(2),
      step(2, { title: 'the same step again' }),
      step(4),
      ok,
      step(6, { title: 'a step, after the result' }),
    ],
  },
} as const satisfies Record<string, Id360Scenario>;
