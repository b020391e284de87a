import * as z from 'zod';
import { isObject, memberOf } from '../../parsing/member-of.ts';
import { maxEntries, readList, readSection, sectionCollector } from '../../parsing/read-section.ts';
import { Text, text } from '../../parsing/text.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { bodyStatus, hasFailed, isPending } from './body-status.ts';
import { type Controls, readControls } from './read-controls.ts';
import { type Fields, readFields } from './read-fields.ts';

export interface ReadDocument {
  readonly type: string | null;
  readonly cardType: string | null;
  readonly cardSide: string | null;
  readonly fields: Fields;
  readonly controls: Controls;
}

/** What a session's result says. */
export interface ReadResult {
  readonly analysisId: string | null;
  /** Those of all predictions, in their order. */
  readonly documents: readonly ReadDocument[];
  /** Across documents; of each prediction. */
  readonly crossControls: readonly Controls[];
  /** Whether every prediction has a result, or has failed. Where not, it may be that they are still to come. */
  readonly complete: boolean;
  /** Sections and fields that were not of the expected type, or that failed: `documents.controls`, `predictions`. */
  readonly unreadable: readonly string[];
}

// The schemas are loose and every key is optional: Datakeen documents its result by one sample only.
const Answer = z.looseObject({ data: z.unknown().optional() });
const Data = z.looseObject({
  // Misspelt in the sample.
  analysid_id: Text,
  analysis_id: Text,
  job_status: z.looseObject({ predictions: z.array(z.unknown()).nullish() }).nullish(),
});
const AnyDocument = z.looseObject({ type: Text, cardType: Text, cardSide: Text });

/**
 * Reads what GET session answers. What a session looks like before it is finished is not documented.
 *
 * @throws EvidenceError `not_ready`, where it says that it is being worked on, or nothing
 */
export function readResult(json: unknown): ReadResult {
  const { unreadable, dataOf } = sectionCollector();
  const answer = Answer.safeParse(json).data;
  const data = dataOf(readSection(Data, 'data', answer?.data));
  const predictions = data.job_status?.predictions ?? [];
  const statuses = [answer, data, data.job_status, ...predictions].map(bodyStatus);
  if (statuses.some(isPending) || saysNothing(answer)) {
    throw new EvidenceError('not_ready', 'GET session: answered no finished result');
  }
  const complete = predictions.length > 0 && predictions.every(isComplete);
  const isLong = predictions.length > maxEntries;
  if (!complete || isLong || statuses.some(hasFailed)) unreadable.push('predictions');

  const results = predictions.slice(0, maxEntries).flatMap((each) => resultsOf(each) ?? []);
  const documents = results.flatMap((each) =>
    dataOf(readList(z.looseObject({}), 'documents', each.documents)).map((raw): ReadDocument => {
      const { type, cardType, cardSide } = dataOf(readSection(AnyDocument, 'documents', raw));
      return {
        type: text(type),
        cardType: text(cardType),
        cardSide: text(cardSide),
        fields: dataOf(readFields('documents.extractedInformation', raw.extractedInformation)),
        controls: dataOf(readControls('documents.controls', raw.controls)),
      };
    }),
  );
  const crossControls = results.map((each) => dataOf(readControls('controls', each.controls)));
  return {
    analysisId: text(data.analysid_id) ?? text(data.analysis_id),
    documents,
    crossControls,
    complete,
    unreadable: [...new Set(unreadable)],
  };
}

/** Version 2 may have its result elsewhere than in `data`. */
function saysNothing(answer: z.infer<typeof Answer> | undefined): boolean {
  return !isFilled(answer) || ('data' in answer && !isFilled(answer.data));
}

function resultsOf(prediction: unknown): { documents: unknown; controls: unknown } | null {
  const results = memberOf(prediction, 'results');
  if (!isObject(results)) return null;
  return { documents: memberOf(results, 'documents'), controls: memberOf(results, 'controls') };
}

function isComplete(prediction: unknown): boolean {
  const { documents, controls } = resultsOf(prediction) ?? {};
  return hasFailed(bodyStatus(prediction)) || isFilled(documents) || isFilled(controls);
}

/** Of a list or an object: whether there is anything in it. */
function isFilled(value: unknown): value is NonNullable<unknown> {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : (value ?? '') !== '';
}
