import * as z from 'zod';
import { EvidenceError } from '../evidence-error.ts';
import { readList, readSection, type Section } from '../read-section.ts';
import { Text, text } from '../text.ts';
import { bodyStatus, isDone } from './body-status.ts';
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
  /** Sections and fields that were not of the expected type: `documents.controls`. */
  readonly unreadable: readonly string[];
}

// The schemas are loose and every key is optional: Datakeen documents its result by one sample only.
const Answer = z.looseObject({ data: z.unknown() });
const Data = z.looseObject({
  // Misspelt in the sample.
  analysid_id: Text,
  analysis_id: Text,
  job_status: z.looseObject({ predictions: z.array(z.unknown()).nullish() }).nullish(),
});
const Prediction = z.looseObject({ results: z.looseObject({}) });
const AnyDocument = z.looseObject({ type: Text, cardType: Text, cardSide: Text });

/**
 * Reads what GET session answers. A result is there once every prediction is done and has results; what the
 * session looks like before is not documented.
 *
 * @throws EvidenceError `not_ready`
 */
export function readResult(json: unknown): ReadResult {
  const unreadable: string[] = [];
  const readable = <T>(section: Section<T>): T => {
    unreadable.push(...section.unreadable);
    return section.data;
  };
  const data = readable(readSection(Data, 'data', Answer.safeParse(json).data?.data));
  const results = resultsOf(data);
  const documents = results.flatMap((each) =>
    readable(readList(z.looseObject({}), 'documents', each.documents)).map((raw): ReadDocument => {
      const { type, cardType, cardSide } = readable(readSection(AnyDocument, 'documents', raw));
      return {
        type: text(type),
        cardType: text(cardType),
        cardSide: text(cardSide),
        fields: readable(readFields('documents.extractedInformation', raw.extractedInformation)),
        controls: readable(readControls('documents.controls', raw.controls)),
      };
    }),
  );
  const crossControls = results.map((each) => readable(readControls('controls', each.controls)));
  return {
    analysisId: text(data.analysid_id) ?? text(data.analysis_id),
    documents,
    crossControls,
    unreadable: [...new Set(unreadable)],
  };
}

/** @throws EvidenceError `not_ready` */
function resultsOf(data: z.infer<typeof Data>): z.infer<typeof Prediction>['results'][] {
  const raw = data.job_status?.predictions ?? [];
  const predictions = raw.flatMap((prediction) => Prediction.safeParse(prediction).data ?? []);
  const isFinished =
    raw.length > 0 &&
    raw.length === predictions.length &&
    [data, data.job_status, ...raw].every((level) => isDone(bodyStatus(level)));
  if (isFinished) return predictions.map(({ results }) => results);
  throw new EvidenceError('not_ready', 'GET session: answered no finished result');
}
