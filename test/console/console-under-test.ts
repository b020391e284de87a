import { localConsolePath } from '../../local/console/local-console.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';

export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

/** A browser without script: it loads pages of the console, and sends their forms. */
export interface ConsoleUnderTest {
  readonly url: string;
  get(path: string): Promise<ConsoleAnswer>;
  /** Sends a form as a browser does from a page of the console. The options replace headers and fields. */
  post(
    path: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<ConsoleAnswer>;
  /** Reads the token of the forms from the page of a case. */
  readToken(page: string): Promise<string>;
}

export function consoleOf({ system }: Pick<SystemUnderTest, 'system'>): ConsoleUnderTest {
  const url = `${system.stack.url}${localConsolePath}`;
  const get = async (path: string) => read(await fetch(url + path));
  const readToken = async (page: string) =>
    /name="token" value="([^"]+)"/.exec((await get(page)).html)?.[1] ?? '';
  return {
    url,
    get,
    readToken,
    async post(path, fields = {}, headers = {}) {
      const body = new URLSearchParams({ token: await readToken(pageOf(path)), ...fields });
      return read(
        await fetch(url + path, {
          method: 'POST',
          body,
          headers: { 'sec-fetch-site': 'same-origin', ...headers },
        }),
      );
    },
  };
}

async function read(response: Response): Promise<ConsoleAnswer> {
  return { status: response.status, headers: response.headers, html: await response.text() };
}

/** Returns the path of a case below the console. */
export const casePath = (verificationId: string) => `/cases/${encodeURIComponent(verificationId)}`;

/** The page whose forms lead to a path: `/cases/{id}` for `/cases/{id}/reveal`, `/queues` for `/queues/redrive/events`. The token is the same on all pages. */
function pageOf(path: string): string {
  const [, page = '', id = ''] = path.split('/');
  return ['cases', 'deliveries'].includes(page)
    ? `/${page}/${id}`
    : page === 'quarantine'
      ? '/queues'
      : `/${page}`;
}
