import { readFile, writeFile } from 'node:fs/promises';

const begin = '<!-- npm run bench -- --docs writes the lines from here -->';
const end = '<!-- to here -->';

/** Replaces the generated part of a document. @throws Error if the document has no such part */
export async function updateDocument(url: URL, markdown: string): Promise<void> {
  await writeFile(url, replaceGeneratedPart(await readFile(url, 'utf8'), markdown));
}

export function replaceGeneratedPart(document: string, markdown: string): string {
  const [before, rest = ''] = document.split(begin);
  const after = rest.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`The document has no part between "${begin}" and "${end}"`);
  }
  return `${before}${begin}\n\n${markdown}\n\n${end}${after}`;
}
