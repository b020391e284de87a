import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** A page may load its own style, script and picture, and ask its own server. Everything else is forbidden. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const setHeaders = secureHeaders({
  contentSecurityPolicy,
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  crossOriginResourcePolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
  // Browsers ignore this header on http.
  strictTransportSecurity: false,
});

/** Sets the security headers of each answer. No answer is stored, because pages may show personal data. */
export const setSecurityHeaders: MiddlewareHandler = async (context, next) => {
  await setHeaders(context, next);
  context.header('Cache-Control', 'no-store');
};
