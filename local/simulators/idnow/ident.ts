import * as z from 'zod';

const section = z.record(z.string(), z.unknown());

/**
 * The JSON of an ident, as GET Ident answers it and a webhook carries it. Only what the simulator itself
 * needs is checked, so that a test can also put idents that no receiver understands.
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
  /** Names of the files in the ZIP, by their kind. */
  attachments: z.record(z.string(), z.string()).optional(),
});

export type Ident = z.infer<typeof identSchema>;

/** A check instead of a parse: parsing would bring the keys into another order than the sender's. */
export function isIdent(value: unknown): value is Ident {
  return identSchema.safeParse(value).success;
}

/** How a value compares with what the company had sent when it created the ident. */
export interface Field {
  status: 'MATCH' | 'CHANGE' | 'NEW' | 'ORIGINAL';
  value?: string;
  original?: string;
  reviewstatus?: 'MATCH' | 'CHANGE' | 'NEW';
  /** What the identification had found before the review corrected it. */
  identification?: string;
}
