import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { getListeningPort } from '../../local/stack/http/free-port.ts';

/** A version of an object, or a delete marker. */
interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: string;
  readonly isDeleteMarker?: boolean;
  readonly isLatest?: boolean;
}

export interface VersionedBucket {
  readonly s3: S3Client;
  /** The versions of the bucket, in the order in which S3 lists them. A test adds versions here. */
  versions: StoredVersion[];
  /** The keys that the bucket refuses to delete, with the error code AccessDenied. */
  readonly refusedKeys: Set<string>;
  /** The keys that Object Lock protects, with the end of the lock. */
  readonly locks: Map<string, string>;
  /** The versions under a legal hold, as `{key} {version id}`. They cannot be deleted. */
  readonly holds: Set<string>;
  /** The status of Object Lock: without it, the bucket has no legal holds. */
  hasObjectLock: boolean;
  /** The keys that delete markers hide. A test that locks objects looks here. */
  readonly hiddenKeys: string[];
  /** The number of versions in each call of DeleteObjects. */
  readonly deletions: readonly number[];
  /** The prefix of each call of ListObjectVersions. */
  readonly listedPrefixes: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a bucket with versioning, which the emulator of the local stack lacks. It answers ListObjectVersions, with at
 * most 1000 versions in a page as in S3, and DeleteObjects.
 */
export async function startVersionedBucket(): Promise<VersionedBucket> {
  const deletions: number[] = [];
  const listedPrefixes: string[] = [];
  const server = createServer(async (request, response) => {
    const { searchParams: query } = new URL(request.url ?? '/', 'http://s3');
    const body = await text(request);
    response.setHeader('content-type', 'application/xml');
    if (request.method === 'GET' && query.has('versions')) response.end(list(query));
    else if (request.method === 'POST' && query.has('delete')) response.end(remove(body));
    else if (request.method === 'GET' && query.has('retention')) response.end(retentionOf(request.url ?? ''));
    else respondAboutHolds(request, query, body, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${getListeningPort(server.address())}`;
  const s3 = new S3Client({ endpoint, region: localRegion, credentials: emulatorCredentials });
  const bucket: VersionedBucket = {
    s3,
    versions: [],
    refusedKeys: new Set(),
    locks: new Map(),
    holds: new Set(),
    hasObjectLock: true,
    hiddenKeys: [],
    deletions,
    listedPrefixes,
    async stop() {
      s3.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return bucket;

  function list(query: URLSearchParams): string {
    const prefix = query.get('prefix') ?? '';
    listedPrefixes.push(prefix);
    const below = bucket.versions.filter(({ key }) => key.startsWith(prefix));
    const [keyMarker, idMarker] = [query.get('key-marker'), query.get('version-id-marker')];
    // S3 does not document where it continues if the version of the marker is deleted. This bucket then lists nothing.
    const marker = below.findIndex(({ key, versionId }) => key === keyMarker && versionId === idMarker);
    const rest = keyMarker !== null && marker === -1 ? [] : below.slice(marker + 1);
    const page = rest.slice(0, 1000);
    const last = rest.length > page.length ? page.at(-1) : undefined;
    const next = last
      ? `<NextKeyMarker>${last.key}</NextKeyMarker><NextVersionIdMarker>${last.versionId}</NextVersionIdMarker>`
      : '';
    return `<ListVersionsResult><IsTruncated>${last !== undefined}</IsTruncated>${next}${page.map(toXml).join('')}</ListVersionsResult>`;
  }

  function respondAboutHolds(
    { method, url = '' }: IncomingMessage,
    query: URLSearchParams,
    body: string,
    response: ServerResponse,
  ): void {
    if (query.has('object-lock')) respondWithLock(bucket, response);
    else if (method === 'PUT' && query.has('legal-hold')) response.end(changeHold(url, body));
    else if (method === 'DELETE') response.end(removeVersion(url));
    else response.writeHead(501).end();
  }

  function readVersion(url: string): { key: string; versionId: string } {
    const { pathname, searchParams } = new URL(url, 'http://s3');
    const key = decodeURIComponent(pathname).split('/').slice(2).join('/');
    return { key, versionId: searchParams.get('versionId') ?? '' };
  }

  function changeHold(url: string, body: string): string {
    const { key, versionId } = readVersion(url);
    if (body.includes('<Status>ON</Status>')) bucket.holds.add(`${key} ${versionId}`);
    else bucket.holds.delete(`${key} ${versionId}`);
    return '';
  }

  function removeVersion(url: string): string {
    const { key, versionId } = readVersion(url);
    bucket.versions = bucket.versions.filter((each) => each.key !== key || each.versionId !== versionId);
    return '';
  }

  function retentionOf(url: string): string {
    const { key } = readVersion(url);
    const until = bucket.locks.get(key);
    return until === undefined
      ? '<Retention></Retention>'
      : `<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`;
  }

  function remove(body: string): string {
    const requested = [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object = '']) => ({
      key: /<Key>(.*?)<\/Key>/.exec(object)?.[1],
      versionId: /<VersionId>(.*?)<\/VersionId>/.exec(object)?.[1],
    }));
    const hidden = requested.filter(({ versionId }) => versionId === undefined);
    bucket.hiddenKeys.push(...hidden.map(({ key }) => key ?? ''));
    if (hidden.length > 0) return '<DeleteResult></DeleteResult>';
    deletions.push(requested.length);
    const refused = requested.filter(({ key = '' }) => bucket.refusedKeys.has(key) || bucket.locks.has(key));
    const isHeld = requested.some(({ key, versionId }) => bucket.holds.has(`${key} ${versionId}`));
    if (isHeld)
      return '<DeleteResult><Error><Key>a held key</Key><Code>AccessDenied</Code></Error></DeleteResult>';
    const deleted = new Set(
      requested
        .filter((each) => !refused.includes(each))
        .map(({ key, versionId }) => JSON.stringify([key, versionId])),
    );
    bucket.versions = bucket.versions.filter(
      ({ key, versionId }) => !deleted.has(JSON.stringify([key, versionId])),
    );
    const errors = refused.map(
      ({ key, versionId }) =>
        `<Error><Key>${key}</Key><VersionId>${versionId}</VersionId><Code>AccessDenied</Code></Error>`,
    );
    return `<DeleteResult>${errors.join('')}</DeleteResult>`;
  }
}

function toXml({
  key,
  versionId,
  lastModified,
  isDeleteMarker = false,
  isLatest = true,
}: StoredVersion): string {
  const element = isDeleteMarker ? 'DeleteMarker' : 'Version';
  return `<${element}><Key>${key}</Key><VersionId>${versionId}</VersionId><LastModified>${lastModified}</LastModified><IsLatest>${isLatest}</IsLatest></${element}>`;
}

function respondWithLock({ hasObjectLock }: VersionedBucket, response: ServerResponse): void {
  if (hasObjectLock)
    response.end(
      '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
    );
  else response.writeHead(404).end('<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>');
}
