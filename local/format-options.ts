/** An option of a command as its help shows it, and the description. A line break in the description starts a new line. */
export type OptionHelp = readonly [option: string, description: string];

/** Formats the options of a command's help. All descriptions begin in the same column. */
export function formatOptions(options: readonly OptionHelp[]): string {
  const width = Math.max(...options.map(([option]) => option.length));
  const indent = ' '.repeat(width + 4);
  return options
    .map(([option, text]) => `  ${option.padEnd(width)}  ${text.replaceAll('\n', `\n${indent}`)}`)
    .join('\n');
}
