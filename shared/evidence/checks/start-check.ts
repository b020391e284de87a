import type { ExpectedArtifactContent } from '../../contract/artifact-content.ts';
import { type ContentCheck, checkResultForWholeFile } from './content-check.ts';
import { createNonTextCheck, detectContentType, detectContentTypeOfEntry } from './document-check.ts';
import { createJsonCheck } from './json-check.ts';
import { createPdfCheck } from './pdf-check.ts';
import { createNonEmptyZipCheck } from './zip-check.ts';

interface Beginning {
  /** The first bytes of the file. They are also pushed to the check. */
  readonly bytes: Uint8Array;
  /** The content type that the provider's response states. */
  readonly declared: string;
  /**
   * True if the provider gives a hash that we can compare. The hash then proves the content, even if its format is
   * unknown.
   */
  readonly isHashed: boolean;
}

/** The number of first bytes that are enough to recognize the format of a file. */
export const firstBytesCount = 4100;

/** Creates the check of an artifact's content. */
export async function createContentCheck(
  content: ExpectedArtifactContent,
  { bytes, declared, isHashed }: Beginning,
): Promise<ContentCheck> {
  switch (content.kind) {
    case 'json':
      return createJsonCheck(bytes, content.describesCase);
    case 'zip':
      return createNonEmptyZipCheck(bytes);
    case 'pdf':
      return createPdfCheck(bytes);
    case 'document':
      return isHashed ? unchecked(await detectContentType(bytes)) : createNonTextCheck(bytes, declared);
    case 'checked':
      return unchecked(await detectContentTypeOfEntry(bytes, declared));
  }
}

const unchecked = (contentType: string | null): ContentCheck => ({
  contentType,
  push: () => undefined,
  end: async () => checkResultForWholeFile,
});
