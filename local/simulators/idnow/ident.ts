import * as z from 'zod';

const section = z.record(z.string(), z.unknown());

/**
 * The JSON of an ident, as in the answer to "GET Ident" and in a webhook. The schema checks only what the simulator
 * needs, so a test can also store idents that the receiver does not understand.
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
  /** The names of the files in the ZIP, by kind of file. */
  attachments: z.record(z.string(), z.string()).optional(),
});

export type Ident = z.infer<typeof identSchema>;

/** Checks whether the value is an ident. It does not parse the value, because parsing would change the key order. */
export function isIdent(value: unknown): value is Ident {
  return identSchema.safeParse(value).success;
}

/** A value of an ident, and how it compares with the value that the company submitted. */
export interface IdentField {
  status: 'MATCH' | 'CHANGE' | 'NEW' | 'ORIGINAL';
  value?: string;
  original?: string;
  reviewstatus?: 'MATCH' | 'CHANGE' | 'NEW';
  /** The value from the identification, before the review corrected it. */
  identification?: string;
}
