/** Parses a log line. @returns undefined if it is no JSON: a function may log any text */
export function parseJsonLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
