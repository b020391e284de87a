import * as z from 'zod/mini';
import type { FileHashFromProvider } from '../../contract/artifact-content.ts';
import { isObject } from '../../parsing/member-of.ts';
import { nullIfBlank, OptionalText } from '../../parsing/text.ts';
import { flatEntries } from './flat-entries.ts';

/** One page of a document in an enrollment. */
export interface Id360DocumentPage {
  /**
   * The document's key in the report's `documents`, such as `identity`, `other` or `liveness`. Do not use it as a path:
   * ID360 may send any text.
   */
  readonly type: string;
  /**
   * The document's name, such as `id_document_image` or `liveness_video$0`. If the document has no name, the name is
   * its type.
   */
  readonly name: string;
  /** The document's id: letters, digits, `_` and `-`. */
  readonly id: string;
  /** The value of `page_number` in the page's URL; 0 if the URL has no `page_number`. */
  readonly page: number;
  /**
   * The path of the page in the archive, made of type, name, id and page: `identity/id_document_image-354746-0`. It
   * contains the id, because the front and the back of a card may be two documents with the same name.
   */
  readonly file: string;
  /** The hash that the report gives for the page; null if it gives none. */
  readonly hash: FileHashFromProvider | null;
}

export interface Id360DocumentFiles {
  readonly pages: readonly Id360DocumentPage[];
  /** The names of the files whose URL does not have ID360's form, such as `identity.id_document_image[1]`. */
  readonly unreadable: readonly string[];
}

/**
 * The maximum number of files in a report, about fifty times the number in a real report. Each file costs one call of
 * ID360's API and one entry in the manifest.
 */
const maxFiles = 1000;

/** If a document's name has an unexpected type, the name is ignored. The document's files are still fetched. */
const Document = z.looseObject({ name: z.catch(OptionalText, null), files: z.optional(z.unknown()) });
/** If a hash has an unexpected type, the hash is ignored. The file is still fetched. */
const File = z.looseObject({
  url: z.string(),
  hash: z.catch(OptionalText, null),
  hash_algorithm: z.catch(OptionalText, null),
});
/**
 * The number of hexadecimal digits of a SHA-512 hash. We cut a longer hash, because the hash and the name of its
 * algorithm become part of an event.
 */
const longestHash = 128;
const longestAlgorithm = 32;

/**
 * Reads the files of all documents in a report. Only the document's id and the page are taken from a file's URL. The
 * URL itself is never called, because its host may be a private one.
 */
export function readDocumentFiles(raw: unknown): Id360DocumentFiles {
  const hasNoDocuments = raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0);
  if (hasNoDocuments) return { pages: [], unreadable: [] };
  if (!isObject(raw)) return { pages: [], unreadable: ['documents'] };
  const files: ReturnType<typeof filesOf> = [];
  for (const [type, value] of Object.entries(raw)) {
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

function filesOf(type: string, raw: unknown): { label: string; page: Id360DocumentPage | null }[] {
  const document = Document.safeParse(raw).data;
  if (document === undefined) return [{ label: type, page: null }];
  const name = nullIfBlank(document.name) ?? type;
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

function hashOf(listed: z.infer<typeof File> | undefined): FileHashFromProvider | null {
  const value = nullIfBlank(listed?.hash);
  if (value === null) return null;
  const algorithm = nullIfBlank(listed?.hash_algorithm) ?? 'unknown';
  return { algorithm: cut(algorithm, longestAlgorithm), value: cut(value, longestHash) };
}

/** Cuts a hash, or its algorithm's name, that is too long. A `…` at the end shows that it is not complete. */
const cut = (value: string, longest: number) =>
  value.length > longest ? `${value.slice(0, longest)}…` : value;

/**
 * Removes repeated pages. A report may list a page twice, once with a hash and once without. The entry with the hash is
 * kept.
 */
function distinct(pages: readonly Id360DocumentPage[]): Id360DocumentPage[] {
  const byFile = new Map<string, Id360DocumentPage>();
  for (const page of pages) {
    const known = byFile.get(page.file);
    byFile.set(page.file, known?.hash ? known : page);
  }
  return [...byFile.values()];
}

/**
 * Reads the id and the page from a URL of the form `…/document/{id}/file_contents/?page_number={page}`. The host of the
 * URL is ignored, because the URL is never called.
 */
function pageOf(url: string): Pick<Id360DocumentPage, 'id' | 'page'> | null {
  const parsed = URL.parse(url, 'https://relative.invalid');
  const [, id] = /\/document\/([\w-]{1,64})\/file_contents\/?$/.exec(parsed?.pathname ?? '') ?? [];
  const [page = '0', ...others] = parsed?.searchParams.getAll('page_number') ?? [];
  const readable = id !== undefined && others.length === 0 && /^\d{1,4}$/.test(page);
  return readable ? { id, page: Number(page) } : null;
}

/**
 * Makes one segment of an object key, of 150 characters at most. Letters, digits, `_`, `-`, `.` and `$` stay. Other
 * characters, and a dot at the beginning, become `_`.
 */
function pathSegment(text: string): string {
  return text.slice(-150).replace(/[^\w$.-]|^\./g, '_');
}
