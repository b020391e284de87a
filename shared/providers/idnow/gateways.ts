import * as z from 'zod/mini';
import { jsonEnvironmentVariable } from '../../platform/environment.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';

const IdnowGateway = z.object({ apiUrl: ApiUrl, companyIds: z.array(z.string()) });

/** IDnow's API: one gateway per country. Each shortname (IDnow's name of a customer account) belongs to one gateway. */
export interface IdnowApi {
  /** The base URL of the gateway of all shortnames that `gateways` does not list. */
  readonly apiUrl: string;
  readonly gateways?: readonly z.infer<typeof IdnowGateway>[] | undefined;
}

/** The environment variables that tell the gateways. */
export const IdnowApiSettings = {
  /** The base URL of IDnow's gateway in the region of our account, for example `https://gateway.idnow.de`. */
  IDNOW_API_URL: ApiUrl,
  /** A JSON list of further gateways, each with the shortnames that belong to it. */
  IDNOW_GATEWAYS: z._default(z.pipe(jsonEnvironmentVariable, z.array(IdnowGateway)), []),
};

/** Returns the base URL of the gateway to which a shortname belongs. */
export function findApiUrlOfCompany({ apiUrl, gateways = [] }: IdnowApi, companyId: string): string {
  return gateways.find(({ companyIds }) => companyIds.includes(companyId))?.apiUrl ?? apiUrl;
}

/** Returns the base URL of each gateway, once. */
export function listApiUrls({ apiUrl, gateways = [] }: IdnowApi): string[] {
  return [...new Set([apiUrl, ...gateways.map((gateway) => gateway.apiUrl)])];
}
