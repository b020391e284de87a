import * as z from 'zod';
import type { SimulatorApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';

/** The scheme of Datakeen's `Authorization` header. Version 1 of the API uses `Basic`, version 2 uses `Bearer`. */
export type DatakeenSimulatorAuthorizationScheme = 'Basic' | 'Bearer';

interface LoginMethod {
  path: string;
  mediaType: string;
  parse(body: string): unknown;
}

/** The login request of each version of Datakeen's API. The versions differ in the path and the media type. */
export const datakeenLoginRequests: Readonly<Record<DatakeenSimulatorAuthorizationScheme, LoginMethod>> = {
  Basic: { path: '/backend/auth', mediaType: 'application/json', parse: parseJson },
  Bearer: {
    path: '/backend/api/v1/auth',
    mediaType: 'application/x-www-form-urlencoded',
    parse: (body) => Object.fromEntries(new URLSearchParams(body)),
  },
};

const credentialsSchema = z.object({ username: z.string(), password: z.string() });

export type DatakeenCredentials = z.infer<typeof credentialsSchema>;

/** Reads the credentials from the body of a login request. @returns null if the media type or the body is wrong */
export async function readDatakeenLoginCredentials(
  { headers, readText }: SimulatorApiRequest,
  { mediaType, parse }: LoginMethod,
): Promise<DatakeenCredentials | null> {
  const body = await readText();
  const [sentType = ''] = (headers['content-type'] ?? '').split(';');
  if (sentType.trim().toLowerCase() !== mediaType) return null;
  return credentialsSchema.safeParse(parse(body)).data ?? null;
}
