const IDENT = /^\/api\/v1\/([^/]+)\/identifications\/([^/]+?)(?:\.(zip|pdf|xml))?$/;
const START = /^\/api\/v1\/([^/]+)\/identifications\/([^/]+)\/start$/;
const LOGIN = /^\/api\/v1\/([^/]+)\/login$/;
const CONTROL = /^\/_simulator\/idents\/([^/]+)\/([^/]+)$/;

export type IdnowSimulatorRoute =
  | 'login'
  | 'start'
  | 'delete'
  | 'ident'
  | 'zip'
  | 'pdf'
  | 'xml'
  | 'systemCheck'
  | 'control'
  | 'other';

export type IdnowSimulatorRouteMatch =
  | { route: 'login'; method: 'POST'; companyId: string }
  | { route: 'start'; method: 'POST'; companyId: string; token: string }
  | { route: 'delete'; method: 'DELETE'; companyId: string; token: string }
  | { route: 'ident' | 'zip' | 'pdf' | 'xml'; method: 'GET'; companyId: string; token: string }
  | { route: 'systemCheck'; method: 'GET' }
  | { route: 'control'; method: 'PUT'; companyId: string; token: string };

/** Finds the route of a path in IDnow's API. An ident's path has one route for DELETE and one for others. @returns undefined if the API has no such route */
export function matchIdnowPath(path: string, method = 'GET'): IdnowSimulatorRouteMatch | undefined {
  if (path === '/system_check') return { route: 'systemCheck', method: 'GET' };
  const [, loginCompany] = groups(LOGIN, path);
  if (loginCompany !== undefined) return { route: 'login', method: 'POST', companyId: loginCompany };
  const [, startCompany, startToken] = groups(START, path);
  if (startCompany !== undefined && startToken !== undefined) {
    return { route: 'start', method: 'POST', companyId: startCompany, token: startToken };
  }
  const [, company, token, extension] = groups(IDENT, path);
  if (company !== undefined && token !== undefined) {
    if (method === 'DELETE' && extension === undefined)
      return { route: 'delete', method, companyId: company, token };
    return { route: routeFor(extension), method: 'GET', companyId: company, token };
  }
  const [, controlCompany, controlToken] = groups(CONTROL, path);
  if (controlCompany !== undefined && controlToken !== undefined) {
    return { route: 'control', method: 'PUT', companyId: controlCompany, token: controlToken };
  }
  return undefined;
}

function routeFor(extension: string | undefined): 'ident' | 'zip' | 'pdf' | 'xml' {
  if (extension === 'zip' || extension === 'pdf' || extension === 'xml') return extension;
  return 'ident';
}

function groups(pattern: RegExp, path: string): (string | undefined)[] {
  try {
    return pattern.exec(path)?.map((part) => part && decodeURIComponent(part)) ?? [];
  } catch {
    // A path with an invalid percent encoding belongs to no route.
    return [];
  }
}
