import { decodePathSegment } from '../decode-path-segment.ts';

const API = '/api/1.0.0';

/** The routes, with final slashes as in ID360's examples. The examples write whoami with and without a final slash. */
const routes = [
  { route: 'login', method: 'POST', pattern: `${API}/user/login/` },
  { route: 'whoami', method: 'GET', pattern: `${API}/user/whoami/?` },
  { route: 'report', method: 'GET', pattern: `${API}/enrollment/([^/]+)/report` },
  // No public document names this path.
  { route: 'pdf', method: 'GET', pattern: `${API}/enrollment/([^/]+)/report/pdf` },
  { route: 'idclaim', method: 'GET', pattern: `${API}/enrollment/([^/]+)/idclaim` },
  { route: 'document', method: 'GET', pattern: `${API}/document/([^/]+)/file_contents/` },
  { route: 'control', method: 'PUT', pattern: '/_simulator/enrollments/([^/]+)' },
] as const;

const compiled = routes.map(({ pattern, ...rest }) => ({ ...rest, path: new RegExp(`^${pattern}$`) }));

export type Id360Route = (typeof routes)[number]['route'] | 'other';

export interface Id360Match {
  route: Exclude<Id360Route, 'other'>;
  method: 'GET' | 'POST' | 'PUT';
  /** The id of the enrollment or the document. Empty if the path has no id. */
  id: string;
}

/** Finds the route of a path. Ignores the method of the request. @returns undefined if no route has this path */
export function matchId360Path(path: string): Id360Match | undefined {
  for (const { route, method, path: pattern } of compiled) {
    const found = pattern.exec(path);
    if (found !== null) return { route, method, id: decodePathSegment(found[1] ?? '') };
  }
  return undefined;
}
