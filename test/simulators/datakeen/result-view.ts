import * as z from 'zod';

const control = z.looseObject({ value: z.boolean() });

const predictionSchema = z.object({
  results: z.object({
    controls: z.record(z.string(), control),
    documents: z.array(
      z.looseObject({
        type: z.string(),
        controls: z.record(z.string(), control).optional(),
        extractedInformation: z.record(
          z.string(),
          z.looseObject({ confidence: z.number().nullable(), value: z.string() }),
        ),
      }),
    ),
    entities: z.array(z.object({ firstName: z.string(), fullName: z.string(), lastName: z.string() })),
  }),
});

const stateSchema = z.object({
  result: z.object({
    data: z.object({ job_status: z.object({ predictions: z.array(predictionSchema) }) }),
  }),
});

/** Returns the results of all predictions of a session. A prediction is a part of the result, with some documents. */
export function predictionResultsIn(state: unknown) {
  const { result } = stateSchema.parse(state);
  return result.data.job_status.predictions.map(({ results }) => results);
}

/** Returns the document of this type from the session's first prediction. @throws Error if there is none */
export function documentOfType(state: unknown, type: string) {
  const document = predictionResultsIn(state)[0]?.documents.find((one) => one.type === type);
  if (document === undefined) throw new Error(`There is no ${type}`);
  return document;
}

/** Returns the names of the controls that failed. */
export function failedControlsIn(controls: Readonly<Record<string, { value: boolean }>> = {}): string[] {
  return Object.entries(controls).flatMap(([name, { value }]) => (value ? [] : [name]));
}
