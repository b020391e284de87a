const IDENT = /^\/api\/v1\/([^/]+)\/identifications\/([^/]+?)(?:\.(zip|pdf|xml))?$/;
const LOGIN = /^\/api\/v1\/([^/]+)\/login$/;
const CONTROL = /^\/_simulator\/idents\/([^/]+)\/([^/]+)$/;

export type IdnowSimulatorRoute =
  | 'login'
  | 'ident'
  | 'zip'
  | 'pdf'
  | 'xml'
  | 'systemCheck'
  | 'control'
  | 'other';

export type IdnowSimulatorRouteMatch =
  | { route: 'login'; method: 'POST'; companyId: string }
  | { route: 'ident' | 'zip' | 'pdf' | 'xml'; method: 'GET'; companyId: string; token: string }
  | { route: 'systemCheck'; method: 'GET' }
  | { route: 'control'; method: 'PUT'; companyId: string; token: string };

/** Finds the route of a path in IDnow's API, for any HTTP method. @returns undefined if the API has no such route */
export function matchIdnowPath(path: string): IdnowSimulatorRouteMatch | undefined {
  if (path === '/system_check') return { route: 'systemCheck', method: 'GET' };
  const [, loginCompany] = groups(LOGIN, path);
  if (loginCompany !== undefined) return { route: 'login', method: 'POST', companyId: loginCompany };
  const [, company, token, extension] = groups(IDENT, path);
  if (company !== undefined && token !== undefined) {
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
