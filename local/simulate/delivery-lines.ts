import type { PlayedStep } from '../simulators/play-scenario.ts';
import type { Try } from '../simulators/post-once.ts';

const TITLE_WIDTH = 38;
const ANSWER_LENGTH = 160;

/** One line a delivery: what it was, the last status, the last answer. */
export function deliveryLine(index: number, { step, outcome, tries }: PlayedStep): string {
  const last = tries.at(-1);
  const end = outcome === 'accepted' ? '' : `  (${outcome} after ${tries.length} tries)`;
  return `${String(index).padStart(2)}  ${step.title.padEnd(TITLE_WIDTH)}  ${last ? answerOf(last) : ''}${end}`;
}

/** A try that failed and is to be repeated. */
export function retryLine(title: string, attempt: Try, pause: number): string {
  return `    ${title.padEnd(TITLE_WIDTH)}  ${answerOf(attempt)}  (again in ${pause} s)`;
}

function answerOf(attempt: Try): string {
  if (attempt.kind === 'failed') return `---  ${attempt.error}`;
  const body = attempt.body.replaceAll(/\s+/g, ' ').trim();
  return `${attempt.status}  ${body.length > ANSWER_LENGTH ? `${body.slice(0, ANSWER_LENGTH)}…` : body}`;
}
