import * as z from 'zod';
import type { ProviderHash } from '../../contract/artifact-content.ts';
import { nonBlank, Text } from '../../parsing/text.ts';

/** One page of a document of the enrollment. */
export interface DocumentPage {
  /** The key in the report's `documents`, such as `identity`, `other` or `liveness`. Not safe as a path. */
  readonly type: string;
  /** For example `id_document_image` or `liveness_video$0`; the type if the document has no name. */
  readonly name: string;
  /** Letters, digits, `_` and `-`. */
  readonly id: string;
  /** The `page_number` in the URL; 0 if the URL has none. */
  readonly page: number;
  /**
   * The path in the archive, made of type, name, id and page: `identity/id_document_image-354746-0`. The id is needed,
   * because the front and the back may be two documents with the same name.
   */
  readonly file: string;
  /** Null if the report gives no hash. */
  readonly hash: ProviderHash | null;
}

export interface DocumentFiles {
  readonly pages: readonly DocumentPage[];
  /** The files without a URL of ID360's form, such as `identity.id_document_image[1]`. */
  readonly unreadable: readonly string[];
}

/** About fifty times the files of a real report. Each file costs an API call and an entry in the manifest. */
const maxFiles = 1000;

const Documents = z.record(z.string(), z.unknown());
/** A name of an unexpected type is ignored. The files of the document are still fetched. */
const Document = z.looseObject({ name: Text.catch(null), files: z.unknown().optional() });
/** A hash of an unexpected type is ignored. The file is still fetched. */
const File = z.looseObject({
  url: z.string(),
  hash: Text.catch(null),
  hash_algorithm: Text.catch(null),
});
/** The length of a SHA-512 in hexadecimal digits. Longer values are cut, because hash and algorithm are published. */
const longestHash = 128;
const longestAlgorithm = 32;

/**
 * Reads the files of all documents in a report. Only the document's id and the page are taken from a file's URL. The URL
 * itself is never called, because it may be private.
 */
export function readDocumentFiles(raw: unknown): DocumentFiles {
  const hasNoDocuments = raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0);
  if (hasNoDocuments) return { pages: [], unreadable: [] };
  const documents = Documents.safeParse(raw).data;
  if (documents === undefined) return { pages: [], unreadable: ['documents'] };
  const files: ReturnType<typeof filesOf> = [];
  for (const [type, value] of Object.entries(documents)) {
    for (const document of flatEntries(value)) {
      if (files.length <= maxFiles) files.push(...filesOf(type, document));
    }
  }
  const read = files.slice(0, maxFiles);
  const pages = read.flatMap(({ page }) => page ?? []);
  return {
    pages: distinct(pages),
    unreadable: [
      ...read.flatMap(({ page, label }) => (page === null ? [label] : [])),
      ...(files.length > maxFiles ? ['documents'] : []),
    ],
  };
}

function filesOf(type: string, raw: unknown): { label: string; page: DocumentPage | null }[] {
  const document = Document.safeParse(raw).data;
  if (document === undefined) return [{ label: type, page: null }];
  const name = nonBlank(document.name) ?? type;
  return flatEntries(document.files)
    .slice(0, maxFiles + 1)
    .map((entry, index) => {
      const label = `${type}.${name}[${index}]`;
      const listed = File.safeParse(typeof entry === 'string' ? { url: entry } : entry).data;
      const place = pageOf(listed?.url ?? '');
      if (place === null) return { label, page: null };
      const file = `${pathSegment(type)}/${pathSegment(`${name}-${place.id}-${place.page}`)}`;
      return { label, page: { type, name, ...place, file, hash: hashOf(listed) } };
    });
}

function hashOf(listed: z.infer<typeof File> | undefined): ProviderHash | null {
  const value = nonBlank(listed?.hash);
  if (value === null) return null;
  const algorithm = nonBlank(listed?.hash_algorithm) ?? 'unknown';
  return { algorithm: cut(algorithm, longestAlgorithm), value: cut(value, longestHash) };
}

/** Cuts a value that is too long. The `…` at its end shows that it is no complete hash. */
const cut = (value: string, longest: number) =>
  value.length > longest ? `${value.slice(0, longest)}…` : value;

/** Removes repeated pages. A page may be listed twice, once with a hash and once without. The hash is kept. */
function distinct(pages: readonly DocumentPage[]): DocumentPage[] {
  const byFile = new Map<string, DocumentPage>();
  for (const page of pages) {
    const known = byFile.get(page.file);
    byFile.set(page.file, known?.hash ? known : page);
  }
  return [...byFile.values()];
}

/**
 * Returns the entries of a value that may be a list, a nested list or a single entry. The PVID sample of ID360's guide has
 * a list within a list, and single entries without a list.
 */
function flatEntries(value: unknown): unknown[] {
  return [value].flat(3).filter((entry) => entry !== null && entry !== undefined);
}

/** Reads the id and the page from `…/document/{id}/file_contents/?page_number={page}`. The host does not matter. */
function pageOf(url: string): Pick<DocumentPage, 'id' | 'page'> | null {
  const parsed = URL.parse(url, 'https://relative.invalid');
  const [, id] = /\/document\/([\w-]{1,64})\/file_contents\/?$/.exec(parsed?.pathname ?? '') ?? [];
  const [page = '0', ...others] = parsed?.searchParams.getAll('page_number') ?? [];
  const readable = id !== undefined && others.length === 0 && /^\d{1,4}$/.test(page);
  return readable ? { id, page: Number(page) } : null;
}

/** Makes a segment of an object's key: letters, digits, `_`, `-`, `.` and `$`, no dot at its beginning, 150 at most. */
function pathSegment(text: string): string {
  return text.slice(-150).replace(/[^\w$.-]|^\./g, '_');
}
