import * as z from 'zod';

/**
 * Person and document fields in the words of OpenID Connect Core 1.0 (section 5.1) and OpenID Connect for
 * Identity Assurance 1.0. Absent means: the provider said nothing. Dates are ISO 8601 (`YYYY-MM-DD`),
 * countries ISO 3166-1 alpha-2.
 */
export const Address = z.object({
  /** Street and house number, as one line. */
  street_address: z.string().optional(),
  locality: z.string().optional(),
  postal_code: z.string().optional(),
  region: z.string().optional(),
  country_code: z.string().optional(),
});
export type Address = z.infer<typeof Address>;

export const PersonClaims = z.object({
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  birth_family_name: z.string().optional(),
  title: z.string().optional(),
  /** `male`, `female`, or as given. */
  gender: z.string().optional(),
  birthdate: z.string().optional(),
  place_of_birth: z
    .object({ locality: z.string().optional(), country_code: z.string().optional() })
    .optional(),
  nationalities: z.array(z.string()).optional(),
  address: Address.optional(),
  email: z.string().optional(),
  phone_number: z.string().optional(),
});
export type PersonClaims = z.infer<typeof PersonClaims>;

/** A document that the provider has seen. */
export const IdentityDocument = z.object({
  /** `idcard`, `passport`, `driving_permit`, `residence_permit`, …, else the provider's word in lower case. */
  type: z.string().optional(),
  document_number: z.string().optional(),
  date_of_issuance: z.string().optional(),
  date_of_expiry: z.string().optional(),
  issuer: z.object({ name: z.string().optional(), country_code: z.string().optional() }).optional(),
  /** What is printed on this document about its holder, where the provider gives it per document. */
  claims: PersonClaims.optional(),
  /** What only this provider says of the document, in its own words. */
  provider_data: z.record(z.string(), z.unknown()).optional(),
});
export type IdentityDocument = z.infer<typeof IdentityDocument>;

/** A control of the provider, with its confidence (0 to 1) where it gives one. */
export const Check = z.object({
  name: z.string(),
  /** True: passed, false: failed, null: the provider gave no verdict. */
  passed: z.boolean().nullable(),
  confidence: z.number().nullable(),
  /** Which document it is about: an index of `documents`; null: across documents or about the person. */
  document: z.number().int().nullable(),
  /** The provider's own word for the result, untouched. */
  providerResult: z.string().nullable(),
});
export type Check = z.infer<typeof Check>;

/** What a provider has found out about a person, normalized. */
export const Findings = z.object({
  /** Only what the provider verified. */
  claims: PersonClaims,
  /** What the caller had sent to the provider; nobody has verified it. */
  submitted: PersonClaims,
  documents: z.array(IdentityDocument),
  checks: z.array(Check),
  /** What has no common word, in the provider's own words. */
  provider_data: z.record(z.string(), z.unknown()),
});
export type Findings = z.infer<typeof Findings>;

export const noFindings: Findings = {
  claims: {},
  submitted: {},
  documents: [],
  checks: [],
  provider_data: {},
};
