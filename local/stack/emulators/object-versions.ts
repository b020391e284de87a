import type { buildApp } from 'fauxqs';

type Fauxqs = ReturnType<typeof buildApp>;

/**
 * Adds S3's ListObjectVersions to the emulator fauxqs, which does not know it and has no old versions. As in a bucket of
 * S3 without versioning, each object is its own only version, with the id `null`.
 */
export function addObjectVersionsToFauxqs(app: Fauxqs): void {
  app.addHook('onRequest', async ({ method, url }, reply) => {
    const { pathname, searchParams: query } = new URL(url, 'http://s3');
    if (method !== 'GET' || !query.has('versions')) return;
    const objects = new URLSearchParams({
      'list-type': '2',
      prefix: query.get('prefix') ?? '',
      'start-after': query.get('key-marker') ?? '',
      'max-keys': query.get('max-keys') ?? '1000',
    });
    const { statusCode, body } = await app.inject({ method: 'GET', url: `${pathname}?${objects}` });
    await reply.status(statusCode).header('content-type', 'application/xml').send(convertToVersions(body));
  });
}

/** Converts the answer of ListObjectsV2 to the answer of ListObjectVersions. An error answer stays unchanged. */
function convertToVersions(objects: string): string {
  return objects
    .replaceAll('ListBucketResult', 'ListVersionsResult')
    .replaceAll('<Contents>', '<Version><VersionId>null</VersionId><IsLatest>true</IsLatest>')
    .replaceAll('</Contents>', '</Version>')
    .replace(/<NextContinuationToken>.*<\/NextContinuationToken>/, () => {
      const last = objects.match(/<Key>[^<]*<\/Key>/g)?.at(-1) ?? '';
      return `${last.replaceAll('Key>', 'NextKeyMarker>')}<NextVersionIdMarker>null</NextVersionIdMarker>`;
    });
}
