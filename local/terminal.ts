import { styleText } from 'node:util';

export const dim = (text: string) => styleText('dim', text);
export const bold = (text: string) => styleText('bold', text);
export const red = (text: string) => styleText('red', text);
export const green = (text: string) => styleText('green', text);

/**
 * Replaces control characters. Statuses and ids come from outside and may contain any character. A terminal would run an
 * escape sequence in them.
 */
export const printable = (text: string) => text.replaceAll(/\p{Cc}/gu, '�');

export const print = (line = '') => console.log(line);

/** Prints a heading: the title in bold, then a short text in a dim colour. */
export function printHeading(title: string, text: string): void {
  print(`\n  ${bold(title)}  ${dim(text)}\n`);
}

/** Runs an operation. When it succeeds, prints the title and the duration. */
export async function runAndPrintDuration<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(`  ${green('✓')} ${title.padEnd(64)} ${dim(`${seconds} s`)}`);
  return result;
}

export function formatBytes(count: number): string {
  if (count < 1000) return `${count} B`;
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)} KB` : `${(count / 1_000_000).toFixed(1)} MB`;
}
