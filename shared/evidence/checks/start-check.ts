import type { ArtifactContent } from '../../contract/artifact-content.ts';
import { type ContentCheck, whole } from './content-check.ts';
import { documentCheck, typeOf } from './document-check.ts';
import { jsonCheck } from './json-check.ts';
import { pdfCheck } from './pdf-check.ts';
import { filledZipCheck } from './zip-check.ts';

interface Beginning {
  /** The first bytes, which are pushed as well. */
  readonly bytes: Uint8Array;
  /** The content type of the answer. */
  readonly declared: string;
  /** Whether a hash of the provider will tell: then the content need not be one that we know. */
  readonly isHashed: boolean;
}

/** How many bytes of a beginning are enough to recognize it. */
export const beginningBytes = 4100;

/** The check of what an artifact must be. */
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
