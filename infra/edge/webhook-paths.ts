import type { ProviderInStage } from '../stage.ts';

/**
 * Returns the paths of a provider's webhooks, below `/webhooks`. The path without a signature always exists.
 *
 * @example listWebhookPaths(id360) // [['id360'], ['id360', '{reference}', '{signature}']]
 */
export function listWebhookPaths({ name, stage }: Pick<ProviderInStage, 'name' | 'stage'>): string[][] {
  return [[name], ...(stage.takesSignedUrls ? [[name, '{reference}', '{signature}']] : [])];
}
