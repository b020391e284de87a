import type { MiddlewareHandler } from 'hono';
import { matchesAnySecret } from '../../../shared/platform/matches-any-secret.ts';

/** The form field that contains the token. */
export const formTokenField = 'token';

/**
 * Refuses a POST that is not from a form of this console. It needs both proofs:
 *
 * - The browser says that a page of the same origin sends it. `Sec-Fetch-Site` says so, and the header `Origin` does in
 *   browsers without it. (With our referrer policy, browsers send `Origin: null` for forms.)
 * - The form contains the token of this process. No other origin can read it.
 */
export function refuseForeignPosts(formToken: string): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
    const { host, origin, 'sec-fetch-site': site } = context.req.header();
    const isSameOrigin = site === undefined ? origin === `http://${host}` : site === 'same-origin';
    if (!isSameOrigin) return context.text('This request is from another site, so it had no effect.\n', 403);
    const type = context.req.header('content-type') ?? '';
    const body = type.startsWith('application/x-www-form-urlencoded') ? await context.req.text() : '';
    const token = new URLSearchParams(body).get(formTokenField) ?? '';
    if (!matchesAnySecret(token, [formToken]))
      return context.text(
        'The form is from another run of the console, so it had no effect. Load the page again.\n',
        403,
      );
    return next();
  };
}
