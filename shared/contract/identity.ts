import * as z from 'zod';

/**
 * A postal address. Fields of addresses, persons and documents have the names of OpenID Connect Core 1.0 (section 5.1)
 * and OpenID Connect for Identity Assurance 1.0. A field is absent if the provider does not give its value. Dates are
 * ISO 8601 (`YYYY-MM-DD`), countries are ISO 3166-1 alpha-2.
 */
export const Address = z.object({
  /** The street and the house number, in one line. */
  street_address: z.string().optional(),
  locality: z.string().optional(),
  postal_code: z.string().optional(),
  region: z.string().optional(),
  country_code: z.string().optional(),
});
export type Address = z.infer<typeof Address>;

/** Fields about a person. Depending on the use, they are verified or only submitted. */
export const PersonClaims = z.object({
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  birth_family_name: z.string().optional(),
  title: z.string().optional(),
  /** `male`, `female`, or the text that the provider gives. */
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

/** An identity document that the provider reports. */
export const IdentityDocument = z.object({
  /**
   * `idcard`, `passport`, `driving_permit`, `residence_permit` …. A type without a common name stays as the provider
   * names it, in lower case.
   */
  type: z.string().optional(),
  document_number: z.string().optional(),
  date_of_issuance: z.string().optional(),
  date_of_expiry: z.string().optional(),
  issuer: z.object({ name: z.string().optional(), country_code: z.string().optional() }).optional(),
  /** What this document says about its holder. Absent if the provider does not give it per document. */
  claims: PersonClaims.optional(),
  /** Facts about the document that only this provider gives, under the provider's own names. */
  provider_data: z.record(z.string(), z.unknown()).optional(),
});
export type IdentityDocument = z.infer<typeof IdentityDocument>;

/** The result of one check that the provider made. Datakeen calls such a check a control. */
export const Check = z.object({
  name: z.string(),
  /** True: passed. False: failed. Null: the provider gives no result. */
  passed: z.boolean().nullable(),
  /** From 0 to 1; null if the provider gives no confidence. */
  confidence: z.number().nullable(),
  /**
   * The index in `documents` of the checked document. Null if the check is about the person or about several documents.
   */
  document: z.number().int().nullable(),
  /** The provider's own result, unchanged. */
  providerResult: z.string().nullable(),
});
export type Check = z.infer<typeof Check>;

/** Everything that a provider reports about a person and the documents, normalized. */
export const Findings = z.object({
  /** Facts about the person that the provider verified, and nothing else. */
  claims: PersonClaims,
  /** Facts about the person that the caller or the user typed. Nobody verified them. */
  submitted: PersonClaims,
  documents: z.array(IdentityDocument),
  checks: z.array(Check),
  /** Facts without a common name, under the provider's own names. */
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
