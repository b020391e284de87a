import { dim, print, red } from './terminal.ts';

interface Entry {
  readonly source: string;
  readonly line: string;
}

/** Prints the log lines of the functions: all lines if `verbose` is true, otherwise only errors. */
export function createFunctionLogPrinter(verbose: boolean): (entry: Entry) => void {
  return ({ source, line }) => {
    if (/"level":"ERROR"|Task timed out|Error:/.test(line)) print(red(`  ${source}  ${line}`));
    else if (verbose) print(dim(`  ${source}  ${line}`));
  };
}
