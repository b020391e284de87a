import type { MiddlewareHandler } from 'hono';
import { isLoopbackHost } from '../../stack/http/loopback-host.ts';

/**
 * Refuses a request whose `Host` header names another machine. This prevents DNS rebinding: a web page whose name resolves
 * to 127.0.0.1 can reach this server, but its requests still name the host of the page.
 */
export const refuseForeignHosts: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host');
  if (isLoopbackHost(host === undefined ? [] : [host])) return next();
  return context.text('The console answers only where the Host header names this machine.\n', 403);
};
