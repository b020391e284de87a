import * as z from 'zod/mini';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { type ParsedSection, readSection, readValidListEntries } from '../../parsing/read-section.ts';
import { nullIfBlank, OptionalText } from '../../parsing/text.ts';
import { readId360ReasonCodes } from './reasons.ts';

const Count = z.nullish(z.int().check(z.nonnegative()));

const Step = z.looseObject({ name: OptionalText, type: OptionalText, status: OptionalText });
const StepsStatus = z.looseObject({ done: Count, total: Count });

const DocumentName = z.string();

/**
 * Reads the step that a callback reports, under ID360's names. ID360 may add steps, so a step's name says nothing about
 * the order. Only `done` (the number of finished steps) shows which of two steps is later.
 */
export function readEnrollmentStep(
  callback: Readonly<Record<string, unknown>>,
): ParsedSection<Record<string, unknown>> {
  const step = readSection(Step, 'enrollment_step', callback.enrollment_step);
  // In every known callback, `errors` is empty. We read its entries as codes, like the codes in reports.
  const errors = readId360ReasonCodes('enrollment_step.errors', step.data.errors);
  const reason = readId360ReasonCodes('enrollment_step.reason', step.data.reason);
  const documents = readValidListEntries(DocumentName, 'enrollment_step.documents', step.data.documents);
  const counts = readSection(StepsStatus, 'steps_status', callback.steps_status);
  return {
    data: omitEmptyFields({
      step: omitEmptyFields({
        name: nullIfBlank(step.data.name),
        type: nullIfBlank(step.data.type),
        status: nullIfBlank(step.data.status),
        reason: reason.data[0],
        errors: errors.data,
        documents: documents.data,
      }),
      steps_status: omitEmptyFields({ done: counts.data.done, total: counts.data.total }),
    }),
    unreadable: [step, reason, errors, documents, counts].flatMap(({ unreadable }) => unreadable),
  };
}
