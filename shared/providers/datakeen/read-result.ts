import * as z from 'zod';
import { isObject, memberOf } from '../../parsing/member-of.ts';
import { maxEntries, readList, readSection, sectionCollector } from '../../parsing/read-section.ts';
import { nonBlank, Text } from '../../parsing/text.ts';
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

/**
 * The result of a Datakeen session. Its sections are read one by one, so that an unreadable section does not hide the
 * others.
 */
export interface ReadResult {
  readonly analysisId: string | null;
  /** The documents of all predictions, in the order of the answer. A prediction is one analysis by Datakeen. */
  readonly documents: readonly ReadDocument[];
  /** The controls that compare several documents, for each prediction. */
  readonly crossControls: readonly Controls[];
  /** True if every prediction has a result or has failed. If false, Datakeen may still be working on a prediction. */
  readonly complete: boolean;
  /**
   * The names of sections and fields that have an unexpected type, or that failed at Datakeen. Examples:
   * `documents.controls`, `predictions`.
   */
  readonly unreadable: readonly string[];
}

// The schemas are loose and every key is optional, because Datakeen documents its result with a single sample.
const Answer = z.looseObject({ data: z.unknown().optional() });
const Data = z.looseObject({
  // Datakeen's sample spells the key `analysid_id`.
  analysid_id: Text,
  analysis_id: Text,
  job_status: z.looseObject({ predictions: z.array(z.unknown()).nullish() }).nullish(),
});
const AnyDocument = z.looseObject({ type: Text, cardType: Text, cardSide: Text });

/**
 * Reads the answer of Datakeen's GET session. Datakeen does not document this answer for an unfinished session.
 *
 * @throws EvidenceError `not_ready` if the answer is empty, or if a status in the answer says that Datakeen is still
 * working
 */
export function readResult(json: unknown): ReadResult {
  const { unreadable, dataOf } = sectionCollector();
  const answer = Answer.safeParse(json).data;
  const data = dataOf(readSection(Data, 'data', answer?.data));
  const predictions = data.job_status?.predictions ?? [];
  const statuses = [answer, data, data.job_status, ...predictions].map(bodyStatus);
  if (statuses.some(isPending) || isEmptyAnswer(answer)) {
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
        type: nonBlank(type),
        cardType: nonBlank(cardType),
        cardSide: nonBlank(cardSide),
        fields: dataOf(readFields('documents.extractedInformation', raw.extractedInformation)),
        controls: dataOf(readControls('documents.controls', raw.controls)),
      };
    }),
  );
  const crossControls = results.map((each) => dataOf(readControls('controls', each.controls)));
  return {
    analysisId: nonBlank(data.analysid_id) ?? nonBlank(data.analysis_id),
    documents,
    crossControls,
    complete,
    unreadable: [...new Set(unreadable)],
  };
}

/**
 * Checks whether an answer is empty. An answer without `data` is not empty, because version 2 of Datakeen's API may
 * have the result under another key.
 */
function isEmptyAnswer(answer: z.infer<typeof Answer> | undefined): boolean {
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

/** Checks whether a value is a list or object with content, or a text that is not empty. */
function isFilled(value: unknown): value is NonNullable<unknown> {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : (value ?? '') !== '';
}
