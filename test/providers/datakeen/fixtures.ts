import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import type { Lookup, Transition } from '../../../shared/contract/transition.ts';
import { makeDatakeenLookupTransition } from '../../../shared/providers/datakeen/lookup-transition.ts';
import { readDatakeenResult } from '../../../shared/providers/datakeen/read-result.ts';
import {
  type DatakeenWebhookUrl,
  readDatakeenWebhook,
} from '../../../shared/providers/datakeen/read-webhook.ts';
import { testGeneration } from '../../support/make-event.ts';

const Control = z.looseObject({ value: z.unknown(), confidence: z.unknown() });
const Document = z.looseObject({
  type: z.unknown(),
  controls: z.record(z.string(), Control).optional(),
  extractedInformation: z.record(z.string(), z.unknown()),
});
const Prediction = z.looseObject({
  status: z.unknown(),
  results: z.looseObject({ controls: z.record(z.string(), Control), documents: z.array(Document) }),
});
const Answer = z.looseObject({
  status: z.unknown(),
  data: z.looseObject({ job_status: z.looseObject({ predictions: z.array(Prediction) }) }),
});
export type Answer = z.infer<typeof Answer>;
export type Document = z.infer<typeof Document>;

const file = new URL('../../fixtures/datakeen/session-v1.json', import.meta.url);

/** Returns a new copy of the sample session in Datakeen's documentation: an identity card that passed, and a picture. */
export function sample(): Answer {
  return Answer.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Returns the parts of the sample session: its only prediction, the results, the identity card and the picture. */
export function partsOf(answer: Answer) {
  const [prediction] = answer.data.job_status.predictions;
  const [card, other] = prediction?.results.documents ?? [];
  if (prediction === undefined || card === undefined || other === undefined)
    throw new Error('not the sample');
  return { prediction, results: prediction.results, card, other };
}

/** Returns a copy of the sample session that `change` has changed. */
export function changed(change: (parts: ReturnType<typeof partsOf>, answer: Answer) => void): Answer {
  const answer = sample();
  change(partsOf(answer), answer);
  return answer;
}

/** Returns a copy of the sample's identity card that `change` has changed. */
export function anotherCard(change: (card: Document) => void): Document {
  const { card } = partsOf(sample());
  change(card);
  return card;
}

export const sessionId = '662f5f9c9c18e30012c2f021';

/** Makes a job for the sample session. A test sets only the fields that matter to the test. */
export const job = (changes: Partial<EvidenceJob> = {}): EvidenceJob => ({
  purpose: 'archive',
  provider: 'datakeen',
  verificationId: `datakeen:${sessionId}`,
  reference: 'case-4711',
  generation: testGeneration,
  sequence: 1,
  providerStatus: '',
  occurredAt: null,
  requestedAt: '2026-11-22T10:15:00.000Z',
  notBefore: null,
  onNothing: { kind: 'keep' },
  ...changes,
});

/**
 * Returns the transition of a Datakeen result that was fetched after a webhook with this provider status. By default, the
 * controls may decide.
 */
export function lookupOf(answer: unknown, word = '', controlsDecide = true): Transition<Lookup> | null {
  const fetched = { result: readDatakeenResult(answer), digest: 'of the bytes' };
  return makeDatakeenLookupTransition(job({ providerStatus: word }), fetched, controlsDecide);
}

export const caseUrl: DatakeenWebhookUrl = {
  reference: 'case-4711',
  trustsNewStatus: true,
  isBackOffice: false,
};

/** Returns the transition of a Datakeen webhook. Throws if the webhook is not understood. */
export function transitionOf(body: unknown, from: DatakeenWebhookUrl = caseUrl): Transition {
  const reading = readDatakeenWebhook(body, from);
  if (reading.kind !== 'understood') throw new Error(`not understood: ${reading.reason}`);
  return reading.transition;
}
