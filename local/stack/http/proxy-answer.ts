import * as z from 'zod';
import type { HttpAnswer } from './http-answer.ts';

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** The schema of the result that a function returns for a webhook. API Gateway answers 502 if a result is invalid. */
const proxyResult = z.strictObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * Converts a function's result into an HTTP answer. A deployed REST API also renames the header `WWW-Authenticate` to
 * `x-amzn-Remapped-WWW-Authenticate`. The local stack keeps the name.
 *
 * @returns undefined if the result is invalid
 */
export function convertToHttpAnswer(payload: unknown, requestId: string): HttpAnswer | undefined {
  const result = proxyResult.safeParse(payload);
  if (!result.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result.data;
  const lists = Object.entries(multiValueHeaders ?? {});
  const repeated = new Set(lists.map(([name]) => name.toLowerCase()));
  // If both header maps of the function's result contain a header, use only `multiValueHeaders`, which has all values
  // of the header.
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
