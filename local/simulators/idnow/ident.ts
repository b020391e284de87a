import * as z from 'zod';

const section = z.record(z.string(), z.unknown());

/**
 * An ident as JSON, in the format of IDnow's API and webhooks. The schema checks only what the simulator needs, so a test
 * can also store idents that the receiver does not understand.
 */
const identSchema = z.looseObject({
  identificationprocess: z.looseObject({
    result: z.string().optional(),
    reason: z.string().optional(),
    companyid: z.string().min(1),
    transactionnumber: z.string().min(1),
    id: z.string().min(1),
    identificationtime: z.string().nullish(),
  }),
  customdata: section.optional(),
  contactdata: section.optional(),
  userdata: section.optional(),
  identificationdocument: section.optional(),
  /** The names of the files in the result ZIP, by kind of file. */
  attachments: z.record(z.string(), z.string()).optional(),
});

export type SimulatedIdent = z.infer<typeof identSchema>;

/** Returns true if the value is an ident. Does not return a parsed copy, because its keys have another order. */
export function isIdent(value: unknown): value is SimulatedIdent {
  return identSchema.safeParse(value).success;
}

/** A field of an ident. Its `status` says how the verified `value` compares with `original`, the submitted value. */
export interface IdentField {
  status: 'MATCH' | 'CHANGE' | 'NEW' | 'ORIGINAL';
  value?: string;
  original?: string;
  reviewstatus?: 'MATCH' | 'CHANGE' | 'NEW';
  /** The value that the identification gave. Present only if a review corrected the value later. */
  identification?: string;
}
