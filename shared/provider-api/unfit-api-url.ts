/** The labels of host names that providers use for environments whose results are invented. */
const testLabels = new Set([
  ...[
    'test',
    'staging',
    'preprod',
    'pre-prod',
    'preproduction',
    'dev',
    'sandbox',
    'demo',
    'uat',
    'qa',
    'integration',
  ],
  // French for a test environment.
  ...['recette', 'qualification'],
  'localhost',
]);

/**
 * Explains why a live stage must not use an API: the connection is not encrypted, or the host is a test environment.
 *
 * @param setting the name of the setting, such as `id360.apiUrl`
 * @returns null if a live stage can use the API
 * @example explainUnfitApiUrl('id360.apiUrl', 'https://preprod.id360docaposte.com')
 */
export function explainUnfitApiUrl(setting: string, apiUrl: string): string | null {
  const { protocol, hostname } = new URL(apiUrl);
  if (protocol !== 'https:') return `${setting} of a live stage must begin with https://, not ${protocol}//`;
  const isTest = hostname.split('.').some((label) => testLabels.has(label));
  return isTest ? `${setting} of a live stage is ${hostname}, which is a test environment` : null;
}
