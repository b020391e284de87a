import type { ArtifactContent } from '../../contract/artifact-content.ts';
import { type ContentCheck, whole } from './content-check.ts';
import { documentCheck, typeOf } from './document-check.ts';
import { jsonCheck } from './json-check.ts';
import { pdfCheck } from './pdf-check.ts';
import { filledZipCheck } from './zip-check.ts';

interface Beginning {
  /** The first bytes of the file. They are also pushed to the check. */
  readonly bytes: Uint8Array;
  /** The content type of the response. */
  readonly declared: string;
  /**
   * True if the provider gives a hash that we can compare. The hash then proves the content, even if its format is
   * unknown.
   */
  readonly isHashed: boolean;
}

/** The number of first bytes that are enough to recognize the format of a file. */
export const beginningBytes = 4100;

/** Creates the check of an artifact's content. */
export async function startCheck(
  content: ArtifactContent,
  { bytes, declared, isHashed }: Beginning,
): Promise<ContentCheck> {
  switch (content.kind) {
    case 'json':
      return jsonCheck(bytes, content.describesCase);
    case 'zip':
      return filledZipCheck(bytes);
    case 'pdf':
      return pdfCheck(bytes);
    case 'document':
      return isHashed ? unchecked(await typeOf(bytes)) : documentCheck(bytes, declared);
    case 'checked':
      return unchecked(null);
  }
}

const unchecked = (contentType: string | null): ContentCheck => ({
  contentType,
  push: () => undefined,
  end: async () => whole,
});
