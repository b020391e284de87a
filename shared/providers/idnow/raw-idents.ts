import * as z from 'zod';

/** An ident before it is read. Only its section `identificationprocess`, which names and decides it, is validated. */
const RawIdent = z.looseObject({ identificationprocess: z.looseObject({}) });
export type RawIdent = z.infer<typeof RawIdent>;

const Wrapper = z.looseObject({ identifications: z.array(z.unknown()).nonempty() });

/** The limit of idents in one delivery: see `receiving/interpret-request.ts`. */
const maxIdents = 100;

/**
 * Returns the idents of a body. IDnow's collection prints two shapes: `{identificationprocess: …}` and
 * `{identifications: […]}`. Null stands for an ident or body of another shape. A body with both shapes counts as unknown,
 * because reading one shape would silently drop the other.
 */
export function identsIn(body: unknown): (RawIdent | null)[] {
  const bare = rawIdent(body);
  const wrapper = Wrapper.safeParse(body);
  if (!wrapper.success) return [bare];
  const { identifications } = wrapper.data;
  // Check the number before reading any ident: a body of 1 MiB can hold 500,000.
  return bare === null && identifications.length <= maxIdents ? identifications.map(rawIdent) : [null];
}

function rawIdent(value: unknown): RawIdent | null {
  return RawIdent.safeParse(value).data ?? null;
}
