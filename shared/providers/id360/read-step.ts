import * as z from 'zod';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { readList, readSection, type Section } from '../../parsing/read-section.ts';
import { nonBlank, Text } from '../../parsing/text.ts';
import { readCodes } from './reasons.ts';

const Count = z.number().int().nonnegative().nullish();

const Step = z.looseObject({ name: Text, type: Text, status: Text });
const StepsStatus = z.looseObject({ done: Count, total: Count });

const DocumentName = z.string();

/**
 * Reads the step that a callback reports, under ID360's names. ID360 may add steps, so a step's name says nothing about
 * the order. Only `done` (the number of finished steps) shows which of two steps is later.
 */
export function readStep(callback: Readonly<Record<string, unknown>>): Section<Record<string, unknown>> {
  const step = readSection(Step, 'enrollment_step', callback.enrollment_step);
  // In every known callback, `errors` is empty. We read its entries as codes, like the codes in reports.
  const errors = readCodes('enrollment_step.errors', step.data.errors);
  const reason = readCodes('enrollment_step.reason', step.data.reason);
  const documents = readList(DocumentName, 'enrollment_step.documents', step.data.documents);
  const counts = readSection(StepsStatus, 'steps_status', callback.steps_status);
  return {
    data: omitEmpty({
      step: omitEmpty({
        name: nonBlank(step.data.name),
        type: nonBlank(step.data.type),
        status: nonBlank(step.data.status),
        reason: reason.data[0],
        errors: errors.data,
        documents: documents.data,
      }),
      steps_status: omitEmpty({ done: counts.data.done, total: counts.data.total }),
    }),
    unreadable: [step, reason, errors, documents, counts].flatMap(({ unreadable }) => unreadable),
  };
}
