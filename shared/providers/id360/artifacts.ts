import type { Artifact } from '../../contract/artifact.ts';
import type { ArtifactContent, ProviderHash } from '../../contract/artifact-content.ts';
import { EvidenceError, rethrowAs } from '../../provider-api/evidence-error.ts';
import { downloadOf } from '../../provider-api/provider-http.ts';
import type { RetryBudget } from '../../provider-api/retry-budget.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import type { DocumentPage } from './document-files.ts';

interface RemoteFile {
  readonly name: string;
  readonly label?: string;
  /** Below the API's base. */
  readonly path: string;
  /** The content type, if the answer's own content type is not used. */
  readonly type?: string;
  readonly content: ArtifactContent;
  readonly providerHash?: ProviderHash;
}

/**
 * Makes an artifact for a file that is streamed from ID360. It is optional, because the other files are useful without
 * it.
 *
 * @param budget shared by all files of a report: if one file is gone, most files are
 */
export function remoteFile(session: ApiSession, { retry }: RetryBudget, file: RemoteFile): Artifact {
  const { name, label = name, path, type, content, providerHash } = file;
  return {
    name,
    label,
    content,
    ...(providerHash && { providerHash }),
    contentType: type ?? 'application/octet-stream',
    unpack: false,
    required: false,
    async open(signal) {
      const route = `GET ${label}`;
      const call = () => session.call(route, session.url(path), signal);
      const response = await retry(['not_found', 'gone'], call, signal).catch(
        rethrowAs(['not_found'], 'gone'),
      );
      const givenType = response.headers.get('content-type');
      return {
        ...downloadOf(route, response),
        ...(type === undefined && givenType !== null ? { contentType: givenType } : {}),
      };
    },
  };
}

/**
 * Returns the file of a document's page. Its path is built from the configured base URL, because the URLs in a report may
 * lead to any host.
 */
export function documentFile({ file, id, page, hash }: DocumentPage, index: number): RemoteFile {
  return {
    name: `documents/${file}`,
    label: `documents/[${index}]`,
    path: `api/1.0.0/document/${id}/file_contents/?page_number=${page}`,
    content: { kind: 'document' },
    ...(hash && { providerHash: hash }),
  };
}

/** Makes an artifact that always fails, for a file without a usable URL. So the manifest lists the file as missing. */
export function unreachableFile(listed: string, index: number): Artifact {
  const open = async () => {
    throw new EvidenceError('invalid', 'the report lists a file without a URL of the known form');
  };
  const name = `documents/${keySafe(listed)}`;
  return {
    name,
    label: `documents/unreachable[${index}]`,
    contentType: 'application/octet-stream',
    content: { kind: 'document' },
    unpack: false,
    required: false,
    open,
  };
}

/** Replaces all characters of a file's name except letters, digits, `.`, `_` and `-`. Example: `liveness_video$0`. */
function keySafe(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replaceAll('..', '__')
    .slice(0, 100);
}
