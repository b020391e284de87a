import { readFile, writeFile } from 'node:fs/promises';

const end = '<!-- to here -->';

/**
 * Replaces the generated part of a document.
 *
 * @param command the command that generates the part. A comment in the document names it
 * @throws Error if the document has no such part
 */
export async function updateDocument(url: URL, markdown: string, command?: string): Promise<void> {
  await writeFile(url, replaceGeneratedPart(await readFile(url, 'utf8'), markdown, command));
}

export function replaceGeneratedPart(
  document: string,
  markdown: string,
  command = 'npm run bench -- --docs',
): string {
  const begin = `<!-- ${command} writes the lines from here -->`;
  const [before, rest = ''] = document.split(begin);
  const after = rest.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`The document has no part between "${begin}" and "${end}"`);
  }
  return `${before}${begin}\n\n${markdown}\n\n${end}${after}`;
}
