import type { Artifact } from '../../contract/artifact.ts';
import type { ArtifactContent, ProviderHash } from '../../contract/artifact-content.ts';
import { EvidenceError, meaning } from '../../provider-api/evidence-error.ts';
import type { Patience } from '../../provider-api/patience.ts';
import { downloadOf } from '../../provider-api/provider-http.ts';
import type { DocumentPage } from './document-files.ts';
import type { Id360Session } from './session.ts';

interface RemoteFile {
  readonly name: string;
  readonly label?: string;
  /** Below the API's base. */
  readonly path: string;
  /** Where the answer need not say it. */
  readonly type?: string;
  readonly content: ArtifactContent;
  readonly providerHash?: ProviderHash;
}

/**
 * A file that is streamed from ID360. Without one, the others are still worth having.
 *
 * @param ask shared by the files of a report: where one is gone, most are
 */
export function remoteFile(session: Id360Session, { ask }: Patience, file: RemoteFile): Artifact {
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
      const response = await ask(['not_found', 'gone'], call, signal).catch(meaning(['not_found'], 'gone'));
      const told = response.headers.get('content-type');
      return {
        ...downloadOf(route, response),
        ...(type === undefined && told !== null ? { contentType: told } : {}),
      };
    },
  };
}

/**
 * Where a page is: rebuilt from the configured base, because a report's own URLs may lead anywhere.
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

/** A file that the report lists in a form that leads nowhere: the manifest names it as missing. */
export function unreachable(listed: string, index: number): Artifact {
  const open = async () => {
    throw new EvidenceError('invalid', 'the report lists a file without a URL of the known form');
  };
  const name = `documents/${pathSafe(listed)}`;
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

/** Names in reports are an open set (`liveness_video$0`): as a part of a key, letters, digits, `.`, `_`, `-`. */
function pathSafe(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replaceAll('..', '__')
    .slice(0, 100);
}
