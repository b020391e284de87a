import * as z from 'zod';
import type { ApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';

/** The prefix of the token tells the versions of the API apart: Basic is v1's, Bearer is v2's. */
export type AuthorizationScheme = 'Basic' | 'Bearer';

interface Login {
  path: string;
  mediaType: string;
  parse(body: string): unknown;
}

/** How one logs in: each version has a path and a kind of body of its own. */
export const logins: Readonly<Record<AuthorizationScheme, Login>> = {
  Basic: { path: '/backend/auth', mediaType: 'application/json', parse: parseJson },
  Bearer: {
    path: '/backend/api/v1/auth',
    mediaType: 'application/x-www-form-urlencoded',
    parse: (body) => Object.fromEntries(new URLSearchParams(body)),
  },
};

const credentialsSchema = z.object({ username: z.string(), password: z.string() });

export type Credentials = z.infer<typeof credentialsSchema>;

/** The credentials in a login's body, or null where it is of the wrong kind. */
export async function readCredentials(
  { headers, readText }: ApiRequest,
  { mediaType, parse }: Login,
): Promise<Credentials | null> {
  const body = await readText();
  const [given = ''] = (headers['content-type'] ?? '').split(';');
  if (given.trim().toLowerCase() !== mediaType) return null;
  return credentialsSchema.safeParse(parse(body)).data ?? null;
}
