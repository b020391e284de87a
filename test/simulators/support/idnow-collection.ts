import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const savedResponse = z.object({
  name: z.string(),
  code: z.number().optional(),
  body: z.string().nullish(),
});
export type SavedResponse = z.infer<typeof savedResponse>;

const publishedRequest = z.object({
  name: z.string(),
  event: z.array(z.unknown()).optional(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    header: z.array(z.object({ key: z.string(), value: z.string() })),
    body: z.looseObject({ mode: z.string(), raw: z.string().optional() }).optional(),
  }),
  response: z.array(savedResponse),
});
export type PublishedRequest = z.infer<typeof publishedRequest>;

interface Folder {
  item: (Folder | PublishedRequest)[];
}
const folder: z.ZodType<Folder> = z.object({
  item: z.array(z.union([z.lazy(() => folder), publishedRequest])),
});

/**
 * Reads the requests of IDnow's published Postman collection. Its export has lost the variables in URLs and in the login,
 * so they are put back here. The names of the variables are those in the chapter "Getting Started" of the collection.
 */
export async function readIdnowCollection(): Promise<PublishedRequest[]> {
  const file = new URL('../../fixtures/idnow-collection.json', import.meta.url);
  return requestsIn(folder.parse(JSON.parse(await readFile(file, 'utf8')))).map(withVariables);
}

function requestsIn({ item }: Folder): PublishedRequest[] {
  return item.flatMap((each) => ('item' in each ? requestsIn(each) : [each]));
}

function withVariables(published: PublishedRequest): PublishedRequest {
  const { url, body } = published.request;
  const raw = body?.raw?.replace('"apiKey": ""', '"apiKey": "{{APIKEY}}"');
  return {
    ...published,
    request: {
      ...published.request,
      url: `{{GATEWAYHOST}}${restorePath(url)}`,
      ...(body && { body: { ...body, ...(raw !== undefined && { raw }) } }),
    },
  };
}

function restorePath(path: string): string {
  return path
    .replace('T}/', '/')
    .replace(' OR ', '')
    .replace('/api/v1//', '/api/v1/{{CUSTOMER}}/')
    .replace('/identifications//', '/identifications/{{TRANSACTION-NUMBER}}/')
    .replace(/\/identifications\/(\.\w+)?$/, '/identifications/{{TRANSACTION-NUMBER}}$1');
}
