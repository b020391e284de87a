import { decodePart } from '../decode-part.ts';
import { type AuthorizationScheme, logins } from './logins.ts';

const SESSION = /^\/backend\/api\/v1\/session\/([^/]+)$/;
const CONTROL = /^\/_simulator\/sessions\/([^/]+)$/;

export type DatakeenRoute = 'login' | 'session' | 'control' | 'other';

export type Match =
  | { route: 'login'; method: 'POST' }
  | { route: 'session'; method: 'GET'; sessionId: string }
  | { route: 'control'; method: 'GET' | 'PUT'; sessionId: string };

/** What a path stands for; undefined where this version of the API has nothing, whatever the method. */
export function matchPath(path: string, method: string, scheme: AuthorizationScheme): Match | undefined {
  if (path === logins[scheme].path) return { route: 'login', method: 'POST' };
  const session = SESSION.exec(path)?.[1];
  if (session !== undefined) return { route: 'session', method: 'GET', sessionId: decodePart(session) };
  const control = CONTROL.exec(path)?.[1];
  if (control !== undefined)
    return { route: 'control', method: method === 'GET' ? 'GET' : 'PUT', sessionId: decodePart(control) };
  return undefined;
}
