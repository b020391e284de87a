import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { addAssets } from './assets.ts';
import { describeFailure } from './describe-failure.ts';
import { renderLayout } from './layout.ts';
import type { Href, PageContent, PageRequest, RenderPage } from './page.ts';
import { pages } from './pages.ts';
import { refuseForeignHosts } from './security/refuse-foreign-hosts.ts';
import { refuseForeignPosts } from './security/refuse-foreign-posts.ts';
import { requireAccessKey } from './security/require-access-key.ts';
import { setSecurityHeaders } from './security/security-headers.ts';

export interface ConsoleOptions {
  /** Connects to the stack. Called once, by the first request; again if it failed. */
  readonly connect: () => Promise<OperatedStack>;
  /** The path below which the console is served: `/_console`; empty for the root. */
  readonly basePath: string;
  /** The key that requests must know; null if everybody on this machine may use the console. */
  readonly accessKey: string | null;
  /** True if pages update themselves. */
  readonly isLive: boolean;
}

export interface Console {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** Creates the console as a fetch handler. Its pages use the same functions as the commands of `idv`. */
export function createConsole({ connect, basePath, accessKey, isLive }: ConsoleOptions): Console {
  const formToken = randomBytes(32).toString('base64url');
  const href: Href = (path, ...segments) =>
    [`${basePath}${path}`, ...segments.map(encodeURIComponent)].join('/') || '/';
  const stack = rememberSuccess(connect);

  const app = new Hono();
  app.use(setSecurityHeaders, refuseForeignHosts);
  if (accessKey !== null) app.use(requireAccessKey(accessKey));
  app.use(refuseForeignPosts(formToken));
  addAssets(app, basePath);
  for (const { path, get, post } of pages) {
    const paths = path === '/' ? [basePath, `${basePath}/`] : [basePath + path];
    if (get !== undefined) app.on('GET', paths, (context) => answer(context, get));
    if (post !== undefined) app.on('POST', paths, (context) => answer(context, post));
  }
  app.notFound((context) =>
    answer(context, async () => ({ ...describeFailure('The console has no such page.', href), status: 404 })),
  );
  return app;

  async function answer(context: Context, render: RenderPage): Promise<Response> {
    const { content, stageName } = await renderSafely(context, render);
    const page = renderLayout({ content, stageName, href, path: context.req.path.slice(basePath.length) });
    return context.html(page, content.status ?? 200);
  }

  async function renderSafely(context: Context, render: RenderPage) {
    let stageName: string | null = null;
    try {
      const connected = await stack();
      stageName = connected.stageName;
      return { stageName, content: await render(await readRequest(context, connected)) };
    } catch (error) {
      return { stageName, content: describeFailure(error, href) satisfies PageContent };
    }
  }

  async function readRequest(context: Context, connected: OperatedStack): Promise<PageRequest> {
    const { req } = context;
    const form = new URLSearchParams(req.method === 'POST' ? await req.text() : '');
    const query = new URL(req.url).searchParams;
    return { stack: connected, params: req.param(), query, form, href, formToken, isLive };
  }
}

/** Calls a function until it has succeeded once, and returns that result from then on. */
function rememberSuccess<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}
