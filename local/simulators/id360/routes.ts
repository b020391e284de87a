import { decodePart } from '../decode-part.ts';

const API = '/api/1.0.0';

/** Slashes at the end as the provider's examples have them; whoami is printed with and without. */
const routes = [
  { route: 'login', method: 'POST', pattern: `${API}/user/login/` },
  { route: 'whoami', method: 'GET', pattern: `${API}/user/whoami/?` },
  { route: 'report', method: 'GET', pattern: `${API}/enrollment/([^/]+)/report` },
  // The one path that no public text names.
  { route: 'pdf', method: 'GET', pattern: `${API}/enrollment/([^/]+)/report/pdf` },
  { route: 'idclaim', method: 'GET', pattern: `${API}/enrollment/([^/]+)/idclaim` },
  { route: 'document', method: 'GET', pattern: `${API}/document/([^/]+)/file_contents/` },
  { route: 'control', method: 'PUT', pattern: '/_simulator/enrollments/([^/]+)' },
] as const;

const compiled = routes.map(({ pattern, ...rest }) => ({ ...rest, path: new RegExp(`^${pattern}$`) }));

export type Id360Route = (typeof routes)[number]['route'] | 'other';

export interface Match {
  route: Exclude<Id360Route, 'other'>;
  method: 'GET' | 'POST' | 'PUT';
  /** Of the enrollment or the document; empty where the path names none. */
  id: string;
}

/** What a path stands for, whatever the method; undefined where there is nothing. */
export function matchPath(path: string): Match | undefined {
  for (const { route, method, path: pattern } of compiled) {
    const found = pattern.exec(path);
    if (found !== null) return { route, method, id: decodePart(found[1] ?? '') };
  }
  return undefined;
}
