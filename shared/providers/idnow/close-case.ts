import { ConfigurationError } from '../../platform/errors.ts';
import type { CachedSecret } from '../../platform/secrets.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import type { ChangeRequest } from '../../provider-api/request-change.ts';
import type { IdnowApi } from './gateways.ts';
import { createIdnowApiSessions } from './sessions.ts';
import { getCompanyIdOfVerification } from './verification-id.ts';

interface IdnowCase {
  readonly verificationId: string;
  /** The transaction number, as the caller wrote it. */
  readonly transactionNumber: string | null;
}

/** The collection documents the status 200 with an empty body. A body contains errors. */
const deleted: ChangeRequest['success'] = { statuses: [200, 204], body: 'empty' };

/**
 * Deletes an ident at IDnow (API collection, "Delete Ident"). The caller has verified that its evidence is archived. The
 * request is sent exactly once. IDnow never accepts the transaction number again.
 *
 * @throws EvidenceError if IDnow refused: `not_found` if the ident is deleted already, or not finished;
 * UncertainChangeError if the ident may be deleted
 */
export async function deleteIdent(
  { verificationId, transactionNumber }: IdnowCase,
  { apiSecret, ...api }: IdnowApi & { readonly apiSecret: CachedSecret },
  tools: ProviderApiDependencies,
  signal: AbortSignal,
): Promise<void> {
  if (transactionNumber === null || /^\.{0,2}$/.test(transactionNumber))
    throw new ConfigurationError(`${verificationId} has no transaction number that a URL can contain`);
  const sessions = createIdnowApiSessions(api, apiSecret, tools);
  const session = await sessions.forCompany(getCompanyIdOfVerification(verificationId));
  const url = session.url(`identifications/${encodeURIComponent(transactionNumber)}`);
  await session.change('DELETE ident', url, { method: 'DELETE', success: deleted, signal });
}
