import type { RestApiMethod } from './rest-api.ts';

export interface MatchedRestApiMethod {
  method: RestApiMethod;
  pathParameters: Record<string, string>;
}

/**
 * Finds the method of the REST API that handles a request. The precedence is that of API Gateway: a literal segment
 * before `{parameter}`, `{parameter}` before `{proxy+}`, and a specific HTTP method before ANY.
 */
export function findRestApiMethod(
  methods: RestApiMethod[],
  httpMethod: string,
  path: string,
): MatchedRestApiMethod | undefined {
  const segments = path.split('/').slice(1);
  const matches = methods
    .filter((method) => method.httpMethod === httpMethod || method.httpMethod === 'ANY')
    .flatMap((method) => {
      const pathParameters = matchPath(method.resource.split('/').slice(1), segments);
      return pathParameters === undefined ? [] : [{ method, pathParameters }];
    });
  return matches.toSorted((a, b) => compare(precedence(a.method), precedence(b.method)))[0];
}

function matchPath(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const name = parameterName(part);
    const segment = segments[index];
    if (segment === undefined || (name !== undefined && segment === '')) return undefined;
    if (name === undefined) {
      if (part !== segment) return undefined;
    } else if (isGreedy(part)) {
      parameters[name] = decode(segments.slice(index).join('/'));
      return parameters;
    } else {
      parameters[name] = decode(segment);
    }
  }
  return pattern.length === segments.length ? parameters : undefined;
}

/**
 * Returns a key that sorts the methods of the REST API by precedence: first by the kinds of the path segments from left
 * to right, then by the HTTP method.
 */
function precedence(method: RestApiMethod): string {
  const kinds = method.resource.split('/').slice(1).map(kind);
  return `${kinds.join('')} ${method.httpMethod === 'ANY' ? 1 : 0}`;
}

function kind(part: string): '0' | '1' | '2' {
  if (parameterName(part) === undefined) return '0';
  return isGreedy(part) ? '2' : '1';
}

function parameterName(part: string): string | undefined {
  return /^\{([^}+]+)\+?\}$/.exec(part)?.[1];
}

function isGreedy(part: string): boolean {
  return part.endsWith('+}');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Decodes a path parameter, because a REST API passes decoded path parameters to the function. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
