import type { html } from 'hono/html';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';

/** A piece of HTML. The tagged template `html` escapes each value that is not such a piece. */
export type Html = ReturnType<typeof html>;

/** A request for a page of the console. */
export interface PageRequest {
  readonly stack: OperatedStack;
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The fields of the form; empty if the request is no POST. */
  readonly form: URLSearchParams;
  /** Returns the URL path of a page. @example href('/cases', 'idnow:demo:txn-1') */
  readonly href: Href;
  /** The token that each form of the console must send (see `security/refuse-foreign-posts.ts`). */
  readonly formToken: string;
  /** True if pages update themselves: on the local stack, where reading costs nothing. */
  readonly isLive: boolean;
}

/** Returns the URL path of a page. The segments after the first are encoded. */
export type Href = (path: string, ...segments: readonly string[]) => string;

export interface PageContent {
  readonly title: string;
  /** The content of the element `main`. It begins with a heading `h1`. */
  readonly main: Html;
  /** How often the page asks for its new content, in milliseconds; absent if it never does. */
  readonly liveMs?: number;
  readonly status?: 200 | 400 | 403 | 404 | 409 | 500 | 502;
}

export type RenderPage = (request: PageRequest) => Promise<PageContent>;

/** A page of the console, and the operations below it. */
export interface ConsolePage {
  /** The path as a Hono pattern, such as `/cases/:verificationId`. */
  readonly path: string;
  /** Its name in the navigation; null if the navigation does not list it. */
  readonly name: string | null;
  /** Shows the page. It reads only: no GET has an effect. */
  readonly get?: RenderPage;
  /** Handles a form. Only forms of the console itself get here. */
  readonly post?: RenderPage;
}
