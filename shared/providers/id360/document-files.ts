import * as z from 'zod';
import type { ProviderHash } from '../../contract/artifact-content.ts';
import { Text, text } from '../../parsing/text.ts';

/** One page of a document of the enrollment, as the API names it. */
export interface DocumentPage {
  /** The key in the report's `documents`: `identity`, `other`, `liveness`; an open set, not safe as a path. */
  readonly type: string;
  /** `id_document_image`, `ar24_in_front`, `liveness_video$0`; the type where a document has no name. */
  readonly name: string;
  /** Letters, digits, `_` and `-`. */
  readonly id: string;
  /** `page_number`; 0 where the URL has none. */
  readonly page: number;
  /**
   * A path for the archive, made of all four: `identity/id_document_image-354746-0`. Front and back may be two
   * documents of one name.
   */
  readonly file: string;
  /** Null where the report gives none. */
  readonly hash: ProviderHash | null;
}

export interface DocumentFiles {
  readonly pages: readonly DocumentPage[];
  /** Files that are listed without a URL of ID360's form, such as `identity.id_document_image[1]`. */
  readonly unreadable: readonly string[];
}

/** Some fifty times what a report lists. Each is a call of the API, and an entry of the manifest. */
const maxFiles = 1000;

const Documents = z.record(z.string(), z.unknown());
/** An odd name costs no file. */
const Document = z.looseObject({ name: Text.catch(null), files: z.unknown().optional() });
/** An odd hash costs no file. */
const File = z.looseObject({
  url: z.string(),
  hash: Text.catch(null),
  hash_algorithm: Text.catch(null),
});
/** As long as a SHA-512 in hexadecimal digits; both are published. */
const longestHash = 128;
const longestAlgorithm = 32;

/**
 * Every file of every document that a report lists. Of a file's URL only the document's id and the page are
 * taken: URLs in reports may be private ones, and are never called.
 */
export function readDocumentFiles(raw: unknown): DocumentFiles {
  const isNone = raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0);
  if (isNone) return { pages: [], unreadable: [] };
  const documents = Documents.safeParse(raw).data;
  if (documents === undefined) return { pages: [], unreadable: ['documents'] };
  const files: ReturnType<typeof filesOf> = [];
  for (const [type, value] of Object.entries(documents)) {
    for (const document of listOf(value)) {
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
  const name = text(document.name) ?? type;
  return listOf(document.files)
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
  const value = text(listed?.hash);
  if (value === null) return null;
  const algorithm = text(listed?.hash_algorithm) ?? 'unknown';
  return { algorithm: cut(algorithm, longestAlgorithm), value: cut(value, longestHash) };
}

/** What was cut does not look like a hash any more. */
const cut = (value: string, longest: number) =>
  value.length > longest ? `${value.slice(0, longest)}…` : value;

/** A page may be listed twice, and only one of the two have a hash. */
function distinct(pages: readonly DocumentPage[]): DocumentPage[] {
  const byFile = new Map<string, DocumentPage>();
  for (const page of pages) {
    const known = byFile.get(page.file);
    byFile.set(page.file, known?.hash ? known : page);
  }
  return [...byFile.values()];
}

/** The guide's own PVID sample has a list within a list, and one where there is one entry only is none. */
function listOf(value: unknown): unknown[] {
  return [value].flat(3).filter((entry) => entry !== null && entry !== undefined);
}

/** `…/document/{id}/file_contents/?page_number={page}`, on whatever host. */
function pageOf(url: string): Pick<DocumentPage, 'id' | 'page'> | null {
  const parsed = URL.parse(url, 'https://relative.invalid');
  const [, id] = /\/document\/([\w-]{1,64})\/file_contents\/?$/.exec(parsed?.pathname ?? '') ?? [];
  const [page = '0', ...others] = parsed?.searchParams.getAll('page_number') ?? [];
  const readable = id !== undefined && others.length === 0 && /^\d{1,4}$/.test(page);
  return readable ? { id, page: Number(page) } : null;
}

/** Letters, digits and `_`, `-`, `.`, `$`, not beginning with a dot, and short enough for an object's key. */
function pathSegment(text: string): string {
  return text.slice(-150).replace(/[^\w$.-]|^\./g, '_');
}
