import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { matchesAnySecret } from '../../../shared/platform/matches-any-secret.ts';

/** The query parameter of the URL that the command prints. */
export const accessKeyParameter = 'key';

/**
 * Requires the key of this process, so that other users of the machine cannot work with the operator's credentials: a port
 * of 127.0.0.1 is open to all of them. The command prints a URL with the key. The first request moves it to a cookie.
 */
export function requireAccessKey(accessKey: string): MiddlewareHandler {
  const isAccessKey = (given: string) => matchesAnySecret(given, [accessKey]);
  return async (context, next) => {
    const port = new URL(context.req.url).port;
    // Browsers send the cookies of a host to all its ports, so each port needs a name of its own.
    const cookie = `idv-console-${port}`;
    const given = context.req.query(accessKeyParameter);
    if (context.req.method === 'GET' && given !== undefined && isAccessKey(given)) {
      setCookie(context, cookie, accessKey, { httpOnly: true, sameSite: 'Strict', path: '/' });
      return context.redirect(new URL(context.req.url).pathname, 303);
    }
    if (isAccessKey(getCookie(context, cookie) ?? '')) return next();
    return context.text('Open the URL that "npm run console" has printed: it contains the key.\n', 401);
  };
}
