/**
 * Applies a diff that only adds lines to a text. An added line begins with `+`, and goes in front of the next context
 * line of the diff. A line `…` in the diff means that lines of the text are omitted.
 *
 * @throws Error unless each context line occurs in the text exactly once
 */
export function applyDiff(text: string, diff: string): string {
  const lines = text.split('\n');
  let added: string[] = [];
  for (const line of diff.trimEnd().split('\n')) {
    const content = line.slice(1);
    if (line.startsWith('+')) {
      added.push(content);
    } else if (content !== '…') {
      const [place = -1, ...others] = lines.flatMap((each, index) => (each === content ? [index] : []));
      if (place < 0 || others.length > 0) throw new Error(`not in the file exactly once: ${content}`);
      lines.splice(place, 0, ...added);
      added = [];
    }
  }
  if (added.length > 0) throw new Error('the diff ends with a line that it adds');
  return lines.join('\n');
}
