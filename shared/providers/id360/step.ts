import * as z from 'zod';
import { present } from '../../parsing/present.ts';
import { readList, readSection, type Section } from '../../parsing/read-section.ts';
import { Text, text } from '../../parsing/text.ts';
import { readCodes } from './reasons.ts';

const Count = z.number().int().nonnegative().nullish();

const Step = z.looseObject({ name: Text, type: Text, status: Text });
const StepsStatus = z.looseObject({ done: Count, total: Count });

const DocumentName = z.string();

/**
 * The step that a callback tells of, under ID360's names. The names of steps are an open set; which one came
 * last is only told by `done`.
 */
export function readStep(callback: Readonly<Record<string, unknown>>): Section<Record<string, unknown>> {
  const step = readSection(Step, 'enrollment_step', callback.enrollment_step);
  // `errors` has only been seen empty: codes, we take it, as in reports.
  const errors = readCodes('enrollment_step.errors', step.data.errors);
  const reason = readCodes('enrollment_step.reason', step.data.reason);
  const documents = readList(DocumentName, 'enrollment_step.documents', step.data.documents);
  const counts = readSection(StepsStatus, 'steps_status', callback.steps_status);
  return {
    data: present({
      step: present({
        name: text(step.data.name),
        type: text(step.data.type),
        status: text(step.data.status),
        reason: reason.data[0],
        errors: errors.data,
        documents: documents.data,
      }),
      steps_status: present({ done: counts.data.done, total: counts.data.total }),
    }),
    unreadable: [step, reason, errors, documents, counts].flatMap(({ unreadable }) => unreadable),
  };
}
