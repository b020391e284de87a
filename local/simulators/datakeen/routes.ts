import { decodePathSegment } from '../decode-path-segment.ts';
import { type DatakeenSimulatorAuthorizationScheme, datakeenLoginRequests } from './login-methods.ts';

const SESSION = /^\/backend\/api\/v1\/session\/([^/]+)$/;
const CREATE = '/backend/api/v1/session';
const CONTROL = /^\/_simulator\/sessions\/([^/]+)$/;

export type DatakeenSimulatorRoute = 'login' | 'create' | 'session' | 'control' | 'other';

export type DatakeenSimulatorRouteMatch =
  | { route: 'login'; method: 'POST' }
  | { route: 'create'; method: 'POST' }
  | { route: 'session'; method: 'GET'; sessionId: string }
  | { route: 'control'; method: 'GET' | 'PUT'; sessionId: string };

/** Finds the route of a path in one version of Datakeen's API. @returns undefined if that version has no such route */
export function matchDatakeenPath(
  path: string,
  method: string,
  scheme: DatakeenSimulatorAuthorizationScheme,
): DatakeenSimulatorRouteMatch | undefined {
  if (path === datakeenLoginRequests[scheme].path) return { route: 'login', method: 'POST' };
  if (path === CREATE) return { route: 'create', method: 'POST' };
  const session = SESSION.exec(path)?.[1];
  if (session !== undefined)
    return { route: 'session', method: 'GET', sessionId: decodePathSegment(session) };
  const control = CONTROL.exec(path)?.[1];
  if (control !== undefined)
    return {
      route: 'control',
      method: method === 'GET' ? 'GET' : 'PUT',
      sessionId: decodePathSegment(control),
    };
  return undefined;
}
