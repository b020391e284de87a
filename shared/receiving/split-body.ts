import type { Reading } from '../contract/reading.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import type { WebhookAdapter } from '../providers/provider.ts';
import { parseJson } from './parse-json.ts';

/**
 * Returns the body that each case of a request stores: the raw body, or only the part about the case if the body has several.
 * So a case contains nothing of the others, and can be erased without them. This function is pure.
 *
 * @param readings the cases of the body
 */
export function splitBodyByCase(
  source: Pick<WebhookAdapter, 'split'>,
  { body }: Pick<WebhookRequest, 'body'>,
  readings: readonly Reading[],
): readonly Uint8Array[] {
  if (readings.length === 1 || source.split === undefined) return readings.map(() => body);
  const parsed = parseJson(body);
  const parts = parsed.kind === 'json' ? source.split(parsed.value) : [];
  return readings.map((_, index) => Buffer.from(JSON.stringify(parts[index] ?? null)));
}
