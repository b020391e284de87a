/**
 * Returns the name of the function whose code is a file of `functions/`. The name of the provider's folder follows the
 * verb.
 *
 * @example deriveLambdaNameFromFile('idnow/fetch-evidence.ts') // 'fetch-idnow-evidence'
 * @example deriveLambdaNameFromFile('relay-events.ts') // 'relay-events'
 */
export function deriveLambdaNameFromFile(source: string): string {
  const [file = '', provider] = source.replace(/\.ts$/, '').split('/').reverse();
  if (provider === undefined) return file;
  const [verb, ...rest] = file.split('-');
  return [verb, provider, ...rest].join('-');
}
