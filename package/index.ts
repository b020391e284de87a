/** The parts of the package that need no other package than zod: see `callback-url.ts` and `events.ts`. */
export * from './callback-url.ts';
export * from './events.ts';
