import { decodePathSegment } from '../decode-path-segment.ts';

const API = '/api/1.0.0';

/** The routes of ID360's API, with the final slashes of ID360's examples. For `whoami`, the final slash is optional. */
const routes = [
  { route: 'login', method: 'POST', pattern: `${API}/user/login/` },
  { route: 'whoami', method: 'GET', pattern: `${API}/user/whoami/?` },
  { route: 'create', method: 'POST', pattern: `${API}/process/([^/]+)/enrollment` },
  { route: 'discontinue', method: 'GET', pattern: `${API}/enrollment/([^/]+)/control/discontinue` },
  { route: 'report', method: 'GET', pattern: `${API}/enrollment/([^/]+)/report` },
  // The path of the PDF report is our own guess, because ID360's public documents do not contain it.
  { route: 'pdf', method: 'GET', pattern: `${API}/enrollment/([^/]+)/report/pdf` },
  { route: 'idclaim', method: 'GET', pattern: `${API}/enrollment/([^/]+)/idclaim` },
  { route: 'document', method: 'GET', pattern: `${API}/document/([^/]+)/file_contents/` },
  { route: 'control', method: 'PUT', pattern: '/_simulator/enrollments/([^/]+)' },
] as const;

const compiled = routes.map(({ pattern, ...rest }) => ({ ...rest, path: new RegExp(`^${pattern}$`) }));

export type Id360SimulatorRoute = (typeof routes)[number]['route'] | 'other';

export interface Id360SimulatorRouteMatch {
  route: Exclude<Id360SimulatorRoute, 'other'>;
  method: 'GET' | 'POST' | 'PUT';
  /** The id in the request path: of an enrollment or a document. Empty if the path has no id. */
  id: string;
}

/** Finds the route of a path in ID360's API, for any HTTP method. @returns undefined if the API has no such route */
export function matchId360Path(path: string): Id360SimulatorRouteMatch | undefined {
  for (const { route, method, path: pattern } of compiled) {
    const found = pattern.exec(path);
    if (found !== null) return { route, method, id: decodePathSegment(found[1] ?? '') };
  }
  return undefined;
}
