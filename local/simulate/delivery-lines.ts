import type { PlayedStep } from '../simulators/play-scenario.ts';
import type { WebhookTry } from '../simulators/post-once.ts';

const TITLE_WIDTH = 38;
const ANSWER_LENGTH = 160;

/** Formats the output line of a webhook: the scenario step's title, and the receiver's last answer (status and body). */
export function formatDeliveryLine(index: number, { step, outcome, tries }: PlayedStep): string {
  if (outcome === 'lost') {
    return `${String(index).padStart(2)}  ${step.title.padEnd(TITLE_WIDTH)}  ---  lost: the API has the result, but no webhook is sent`;
  }
  const last = tries.at(-1);
  const end = outcome === 'accepted' ? '' : `  (${outcome} after ${tries.length} tries)`;
  return `${String(index).padStart(2)}  ${step.title.padEnd(TITLE_WIDTH)}  ${last ? answerText(last) : ''}${end}`;
}

/** Formats the output line of a webhook that was not accepted. @param pause the time until the next retry, in seconds */
export function formatRetryLine(title: string, result: WebhookTry, pause: number): string {
  return `    ${title.padEnd(TITLE_WIDTH)}  ${answerText(result)}  (again in ${pause} s)`;
}

function answerText(result: WebhookTry): string {
  if (result.kind === 'failed') return `---  ${result.error}`;
  const body = result.body.replaceAll(/\s+/g, ' ').trim();
  return `${result.status}  ${body.length > ANSWER_LENGTH ? `${body.slice(0, ANSWER_LENGTH)}…` : body}`;
}
