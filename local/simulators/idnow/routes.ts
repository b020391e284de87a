/** The routes of IDnow's API. `control` is the simulator's own route, and `other` is every path that IDnow does not have. */
export type IdnowSimulatorRoute = IdnowApiRoute | 'login' | 'systemCheck' | 'control' | 'other';

/** The routes of IDnow's API that need a login token. */
export type IdnowApiRoute = (typeof apiRoutes)[number][0];

/** The variable parts of a path. A part that the path does not have is empty. */
export interface IdnowPathParts {
  companyId: string;
  /** The transaction number or the IdentID of an ident. */
  token: string;
  /** The identifier of a document definition. */
  identifier: string;
}

export interface IdnowSimulatorRouteMatch<Route extends IdnowSimulatorRoute = IdnowSimulatorRoute>
  extends IdnowPathParts {
  route: Route;
}

const apiRoutes = [
  ['listIdents', 'GET', '/identifications'],
  ['zip', 'GET', '/identifications/:token.zip'],
  ['pdf', 'GET', '/identifications/:token.pdf'],
  ['xml', 'GET', '/identifications/:token.xml'],
  ['ident', 'GET', '/identifications/:token'],
  ['deleteIdent', 'DELETE', '/identifications/:token'],
  ['createIdent', 'POST', '/identifications/:token/start'],
  ['copyIdent', 'POST', '/identifications/:token/copy'],
  ['archiveIdent', 'POST', '/identifications/:token/archive'],
  ['bindingKey', 'GET', '/identifications/:token/bindingKey'],
  ['listDocuments', 'GET', '/identifications/:token/documents'],
  ['document', 'GET', '/identifications/:token/documents/:identifier'],
  ['uploadDocument', 'POST', '/identifications/:token/documents/:identifier/data'],
  ['signedDocument', 'GET', '/identifications/:token/documents/:identifier/signed'],
  ['listDefinitions', 'GET', '/documentdefinitions'],
  ['createDefinition', 'POST', '/documentdefinitions'],
  ['definition', 'GET', '/documentdefinitions/:identifier'],
  ['updateDefinition', 'POST', '/documentdefinitions/:identifier'],
  ['deleteDefinition', 'DELETE', '/documentdefinitions/:identifier'],
] as const;

const compiledApiRoutes = apiRoutes.map(([route, method, path]) => ({
  route,
  method,
  pattern: compile(`/api/v1/:companyId${path}`),
}));
const LOGIN = compile('/api/v1/:companyId/login');
const CONTROL = compile('/_simulator/idents/:companyId/:token');

/** Returns a request counter of 0 for each route. */
export function createIdnowRequestCounters(): Record<IdnowSimulatorRoute, number> {
  return {
    login: 0,
    systemCheck: 0,
    control: 0,
    other: 0,
    listIdents: 0,
    zip: 0,
    pdf: 0,
    xml: 0,
    ident: 0,
    deleteIdent: 0,
    createIdent: 0,
    copyIdent: 0,
    archiveIdent: 0,
    bindingKey: 0,
    listDocuments: 0,
    document: 0,
    uploadDocument: 0,
    signedDocument: 0,
    listDefinitions: 0,
    createDefinition: 0,
    definition: 0,
    updateDefinition: 0,
    deleteDefinition: 0,
  };
}

/** Finds the route of a request. A method that IDnow does not have for a path belongs to the route `other`. */
export function matchIdnowRequest(method: string, path: string): IdnowSimulatorRouteMatch {
  if (method === 'GET' && path === '/system_check') return { route: 'systemCheck', ...partsOf() };
  const login = method === 'POST' && LOGIN.exec(path);
  if (login) return withParts('login', login);
  const control = CONTROL.exec(path);
  if (control !== null) return withParts('control', control);
  for (const { route, method: routeMethod, pattern } of compiledApiRoutes) {
    const match = method === routeMethod && pattern.exec(path);
    if (match) return withParts(route, match);
  }
  return { route: 'other', ...partsOf() };
}

function compile(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+?)')}$`);
}

function withParts(route: IdnowSimulatorRoute, { groups }: RegExpExecArray): IdnowSimulatorRouteMatch {
  try {
    return { route, ...partsOf(groups) };
  } catch {
    // A path with an invalid percent encoding belongs to no route.
    return { route: 'other', ...partsOf() };
  }
}

function partsOf(groups: Record<string, string> = {}): IdnowPathParts {
  const { companyId = '', token = '', identifier = '' } = groups;
  return {
    companyId: decodeURIComponent(companyId),
    token: decodeURIComponent(token),
    identifier: decodeURIComponent(identifier),
  };
}
