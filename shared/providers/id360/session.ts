import * as z from 'zod/mini';
import type { CachedSecret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { type ChangingApiSession, createApiSession } from '../../provider-api/sessions/api-session.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { requestLoginToken } from '../../provider-api/sessions/log-in.ts';
import { createProviderSession } from '../../provider-api/sessions/provider-session.ts';
import { Id360ApiSecret } from './settings.ts';

/** One session serves all enrollments, because we have one application account at ID360. */
export const id360SessionId = 'id360';

const LoginAnswer = z.looseObject({ token: z.string().check(z.minLength(1)) });

/**
 * Makes the session at ID360's API. A token expires 15 minutes after its last use. ID360 warns that a login before the
 * token expires "may be interpreted as abnormal or aggressive behavior" (developer guide, 1.3). So the session logs in
 * only after a 401.
 */
export function createId360ApiSession(
  apiUrl: string,
  secret: CachedSecret,
  { sessions, owner }: ProviderApiDependencies,
): ChangingApiSession {
  const base = withTrailingSlash(apiUrl);
  // Append the path instead of resolving it: a path that looks like a complete URL must not lead to another host.
  const url = (path: string) => new URL(`${base}${path.trim().replace(/^[/\\]+/, '')}`);
  const session = createProviderSession({
    store: sessions,
    sessionId: id360SessionId,
    owner,
    login: async () =>
      requestLoginToken(
        url('api/1.0.0/user/login/'),
        await findCredential(
          secret,
          (value) => Id360ApiSecret.safeParse(value).data,
          "no username and password in ID360's API secret",
        ),
        (answer) => LoginAnswer.safeParse(answer).data?.token,
      ),
  });
  return createApiSession(session, url, (token) => ({ authorization: `Token ${token}` }));
}
