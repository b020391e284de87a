import * as z from 'zod';
import type { HttpAnswer } from './http-answer.ts';

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What a proxy integration may return. Anything else is a malformed response, which the gateway answers 502. */
const proxyResult = z.strictObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * The HTTP answer for a function's payload; undefined when it is malformed.
 *
 * One thing that a deployed REST API does is left out: it renames a function's `WWW-Authenticate` to
 * `x-amzn-Remapped-WWW-Authenticate`.
 */
export function proxyAnswer(payload: unknown, requestId: string): HttpAnswer | undefined {
  const result = proxyResult.safeParse(payload);
  if (!result.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result.data;
  const lists = Object.entries(multiValueHeaders ?? {});
  const repeated = new Set(lists.map(([name]) => name.toLowerCase()));
  // Of a name in both maps, the list already holds every value.
  const singles = Object.entries(headers ?? {}).filter(([name]) => !repeated.has(name.toLowerCase()));
  const all = [
    ...singles,
    ...lists.flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
  ];
  const typed = all.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: statusCode,
    headers: [...(typed ? [] : [defaultContentType]), ['x-amzn-RequestId', requestId], ...all],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

const defaultContentType: [string, string] = ['Content-Type', 'application/json'];
