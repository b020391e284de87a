import type { Artifact } from '../../contract/artifact.ts';
import type { ExpectedArtifactContent, FileHashFromProvider } from '../../contract/artifact-content.ts';
import { EvidenceError, rethrowFailuresAs } from '../../provider-api/evidence-error.ts';
import { convertToDownload } from '../../provider-api/provider-http.ts';
import type { RetryBudget } from '../../provider-api/retry-budget.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import type { Id360DocumentPage } from './document-files.ts';

interface RemoteFile {
  readonly name: string;
  readonly label?: string;
  /** The path of the file, below the base URL of ID360's API. */
  readonly path: string;
  /** The content type of the artifact. If it is undefined, the content type of ID360's answer is used. */
  readonly type?: string;
  readonly content: ExpectedArtifactContent;
  readonly providerHash?: FileHashFromProvider;
}

/**
 * Makes an artifact for a file that is streamed from ID360. The artifact is optional, because the other files are
 * useful without it.
 *
 * @param budget the retries that all files of a report share. If ID360 has deleted one file, it has usually deleted
 * most of them
 */
export function makeRemoteFileArtifact(
  session: ApiSession,
  { retry }: RetryBudget,
  file: RemoteFile,
): Artifact {
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
        rethrowFailuresAs(['not_found'], 'gone'),
      );
      const givenType = response.headers.get('content-type');
      return {
        ...convertToDownload(route, response),
        ...(type === undefined && givenType !== null ? { contentType: givenType } : {}),
      };
    },
  };
}

/**
 * Returns the file of one page of a document. Its URL is built from the configured base URL, because a URL in a report
 * may lead to any host.
 */
export function getFileOfDocumentPage(
  { file, id, page, hash }: Id360DocumentPage,
  index: number,
): RemoteFile {
  return {
    name: `documents/${file}`,
    label: `documents/[${index}]`,
    path: `api/1.0.0/document/${id}/file_contents/?page_number=${page}`,
    content: { kind: 'document' },
    ...(hash && { providerHash: hash }),
  };
}

/**
 * Makes an artifact that always fails. It represents a file without a usable URL, so that the manifest lists the file
 * as missing.
 */
export function makeUnreachableFileArtifact(listed: string, index: number): Artifact {
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

/**
 * Makes a file's name safe for an object key. Letters, digits, `.`, `_` and `-` stay. Every other character becomes
 * `_`.
 */
function keySafe(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replaceAll('..', '__')
    .slice(0, 100);
}
