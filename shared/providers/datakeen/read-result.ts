import * as z from 'zod/mini';
import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import {
  createUnreadableFieldCollector,
  maxEntriesPerSection,
  readSection,
} from '../../parsing/read-section.ts';
import { nullIfBlank, OptionalText } from '../../parsing/text.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { isFailedHttpStatus, isPendingHttpStatus, readHttpStatusInBody } from './body-status.ts';
import { type Controls, readControls } from './read-controls.ts';
import { type DatakeenDocument, readDatakeenDocuments } from './read-documents.ts';

/**
 * The result of a Datakeen session. Its sections are read one by one, so that an unreadable section does not hide the
 * others.
 */
export interface DatakeenResult {
  readonly analysisId: string | null;
  /** The documents of all predictions, in the order of Datakeen's answer. A prediction is one analysis by Datakeen. */
  readonly documents: readonly DatakeenDocument[];
  /** The controls that compare several documents: one entry per prediction. */
  readonly crossControls: readonly Controls[];
  /** True if every prediction has a result or has failed. If false, Datakeen may still be working on a prediction. */
  readonly complete: boolean;
  /**
   * The paths of the result's sections and fields that have an unexpected type, or that failed at Datakeen. Example:
   * `data.job_status.predictions`.
   */
  readonly unreadable: readonly string[];
  /** Datakeen's answer. */
  readonly raw: unknown;
}

const predictionsPath = 'data.job_status.predictions';

// The schemas are loose and every key is optional, because Datakeen documents its result only by one sample: real
// results may differ.
const Answer = z.looseObject({ data: z.optional(z.unknown()) });
const Data = z.looseObject({
  // We read the key `analysid_id`, because Datakeen's sample spells it so.
  analysid_id: OptionalText,
  analysis_id: OptionalText,
  job_status: z.nullish(z.looseObject({ predictions: z.nullish(z.array(z.unknown())) })),
});

/**
 * Reads Datakeen's answer to a request for a session. Datakeen does not document the answer for an unfinished session.
 *
 * @throws EvidenceError `not_ready` if the answer is empty, or if a status in the answer says that Datakeen is still
 * working
 */
export function readDatakeenResult(json: unknown): DatakeenResult {
  const { unreadable, dataOf } = createUnreadableFieldCollector();
  const answer = Answer.safeParse(json).data;
  const data = dataOf(readSection(Data, 'data', answer?.data));
  const predictions = data.job_status?.predictions ?? [];
  const statuses = [answer, data, data.job_status, ...predictions].map(readHttpStatusInBody);
  if (statuses.some(isPendingHttpStatus) || isEmptyAnswer(answer)) {
    throw new EvidenceError('not_ready', 'GET session: answered no finished result');
  }
  const complete = predictions.length > 0 && predictions.every(isComplete);
  const isLong = predictions.length > maxEntriesPerSection;
  if (!complete || isLong || statuses.some(isFailedHttpStatus)) unreadable.push(predictionsPath);

  const results = predictions.slice(0, maxEntriesPerSection).flatMap(resultsAt);
  const documents = results.flatMap((each) =>
    dataOf(readDatakeenDocuments(`${each.path}.documents`, each.documents)),
  );
  const crossControls = results.map((each) => dataOf(readControls(`${each.path}.controls`, each.controls)));
  return {
    analysisId: nullIfBlank(data.analysid_id) ?? nullIfBlank(data.analysis_id),
    documents,
    crossControls,
    complete,
    unreadable: [...new Set(unreadable)],
    raw: json,
  };
}

/**
 * Checks whether Datakeen's answer is empty. An answer without `data` is not empty, because version 2 of Datakeen's API
 * may have the result under another key.
 */
function isEmptyAnswer(answer: z.infer<typeof Answer> | undefined): boolean {
  return !isFilled(answer) || ('data' in answer && !isFilled(answer.data));
}

/** Returns the results of a prediction with their path; an empty list if the prediction has no results. */
function resultsAt(prediction: unknown, index: number) {
  const results = resultsOf(prediction);
  return results === null ? [] : [{ ...results, path: `${predictionsPath}[${index}].results` }];
}

function resultsOf(prediction: unknown): { documents: unknown; controls: unknown } | null {
  const results = getJsonMember(prediction, 'results');
  if (!isObject(results)) return null;
  return { documents: getJsonMember(results, 'documents'), controls: getJsonMember(results, 'controls') };
}

function isComplete(prediction: unknown): boolean {
  const { documents, controls } = resultsOf(prediction) ?? {};
  return isFailedHttpStatus(readHttpStatusInBody(prediction)) || isFilled(documents) || isFilled(controls);
}

/** Checks whether a value is a list or object with content, or a text that is not empty. */
function isFilled(value: unknown): value is NonNullable<unknown> {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : (value ?? '') !== '';
}
