import * as z from 'zod';
import type { Secret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { type ApiSession, apiSession } from '../../provider-api/sessions/api-session.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { logIn } from '../../provider-api/sessions/log-in.ts';
import { providerSession } from '../../provider-api/sessions/provider-session.ts';
import { ApiSecret } from './settings.ts';

/** One session serves all enrollments, because we have one application account at ID360. */
export const sessionId = 'id360';

const LoginAnswer = z.looseObject({ token: z.string().min(1) });

/**
 * Makes the session at ID360's API. A token expires 15 minutes after its last use. ID360 warns that a login before the
 * token expires "may be interpreted as abnormal or aggressive behavior" (developer guide, 1.3). So the session logs in
 * only after a 401.
 */
export function id360Session(apiUrl: string, secret: Secret, { sessions, owner }: EvidenceTools): ApiSession {
  const base = withTrailingSlash(apiUrl);
  // Append the path instead of resolving it: a path that looks like a complete URL must not lead to another host.
  const url = (path: string) => new URL(`${base}${path.trim().replace(/^[/\\]+/, '')}`);
  const session = providerSession({
    store: sessions,
    sessionId,
    owner,
    login: async () =>
      logIn(
        url('api/1.0.0/user/login/'),
        await findCredential(
          secret,
          (value) => ApiSecret.safeParse(value).data,
          "no username and password in ID360's API secret",
        ),
        (answer) => LoginAnswer.safeParse(answer).data?.token,
      ),
  });
  return apiSession(session, url, (token) => ({ authorization: `Token ${token}` }));
}
