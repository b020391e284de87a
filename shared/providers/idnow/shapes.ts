import * as z from 'zod';

/** An ident as it came, of which only the section that names and decides it is certain. */
const RawIdent = z.looseObject({ identificationprocess: z.looseObject({}) });
export type RawIdent = z.infer<typeof RawIdent>;

const Wrapper = z.looseObject({ identifications: z.array(z.unknown()).nonempty() });

/** As many as a delivery may hold: see `receiving/interpret-request.ts`. */
const maxIdents = 100;

/**
 * The idents of a body. IDnow's collection prints two shapes, `{identificationprocess: …}` and
 * `{identifications: […]}`; null stands for what is neither. A body that is both is neither too: one of the
 * two would be dropped in silence.
 */
export function rawIdents(body: unknown): (RawIdent | null)[] {
  const bare = rawIdent(body);
  const wrapper = Wrapper.safeParse(body);
  if (!wrapper.success) return [bare];
  const { identifications } = wrapper.data;
  // Their number is known before any is read: a body of 1 MiB can hold 500,000.
  return bare === null && identifications.length <= maxIdents ? identifications.map(rawIdent) : [null];
}

function rawIdent(value: unknown): RawIdent | null {
  return RawIdent.safeParse(value).data ?? null;
}
