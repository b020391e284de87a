import { html } from 'hono/html';
import { explainError, isErrorOfAws } from '../../shared/operations/stack/explain-error.ts';
import { ConfigurationError, IdvError } from '../../shared/platform/errors.ts';
import type { Href, PageContent } from './page.ts';

/**
 * Describes why a page cannot be shown.
 *
 * @param error a message for people, or what was thrown. Only messages of this project and of AWS are shown, because others
 * may quote personal data.
 */
export function describeFailure(
  error: unknown,
  href: Href,
): PageContent & { readonly status: 400 | 500 | 502 } {
  const isOurs = typeof error === 'string' || error instanceof IdvError;
  return {
    title: isOurs ? 'Not found' : 'Error',
    status: isOurs ? 400 : isErrorOfAws(error) ? 502 : 500,
    main: html`
      <h1>${isOurs && !(error instanceof ConfigurationError) ? 'Not found' : 'This does not work'}</h1>
      <p class="notice problem" role="alert">${explainFailure(error)}</p>
      <p><a href="${href('/cases')}">Search for a case</a></p>`,
  };
}

/** Explains an error in one sentence, without personal data. */
function explainFailure(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof IdvError) return error.message;
  if (isErrorOfAws(error)) return explainError(error);
  return `An unexpected error occurred: ${error instanceof Error ? error.name : 'unknown'}`;
}
