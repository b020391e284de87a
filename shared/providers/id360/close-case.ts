import type { CachedSecret } from '../../platform/secrets.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import type { ChangeRequest } from '../../provider-api/request-change.ts';
import { getEncodedEnrollmentId } from './enrollment-id.ts';
import { createId360ApiSession } from './session.ts';

/** The guide documents the status 204. Any other success, such as a 200 with an explanation, may mean something else. */
const discontinued: ChangeRequest['success'] = { statuses: [204], body: 'empty' };

/**
 * Discontinues an enrollment (developer guide, "Discontinue an Enrollment"): its link is invalid from then on. The
 * request is a GET that changes a state, so it is sent exactly once.
 *
 * @throws EvidenceError if ID360 refused; UncertainChangeError if the enrollment may be discontinued
 */
export async function discontinueEnrollment(
  verificationId: string,
  { apiUrl, apiSecret }: { readonly apiUrl: string; readonly apiSecret: CachedSecret },
  tools: ProviderApiDependencies,
  signal: AbortSignal,
): Promise<void> {
  const session = createId360ApiSession(apiUrl, apiSecret, tools);
  const id = getEncodedEnrollmentId(verificationId);
  await session.change('GET discontinue', session.url(`api/1.0.0/enrollment/${id}/control/discontinue`), {
    method: 'GET',
    success: discontinued,
    signal,
  });
}
