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

/**
 * Facts about a person. The provider vouches for facts in `claims`, and for no others: not for facts in `extracted`, and
 * not for facts in `submitted`.
 */
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
   * `idcard`, `passport`, `driving_permit`, `residence_permit` …. If a type has no common name, this is the provider's
   * name in lower case.
   */
  type: z.string().optional(),
  document_number: z.string().optional(),
  date_of_issuance: z.string().optional(),
  date_of_expiry: z.string().optional(),
  issuer: z.object({ name: z.string().optional(), country_code: z.string().optional() }).optional(),
  /** The facts about its holder that this document states. Absent if the provider does not give them per document. */
  claims: PersonClaims.optional(),
  /** Facts about the document that only this provider gives. They keep the provider's own names. */
  provider_data: z.record(z.string(), z.unknown()).optional(),
});
export type IdentityDocument = z.infer<typeof IdentityDocument>;

/** The result of one check that the provider made. Datakeen calls such a check a control. */
export const Check = z.object({
  name: z.string(),
  /** True if the check passed, false if it failed, null if the provider gives no result. */
  passed: z.boolean().nullable(),
  /** The provider's confidence in the result, from 0 to 1; null if the provider gives none. */
  confidence: z.number().nullable(),
  /**
   * The index in `documents` of the checked document. Null if the check is about the person or about several documents.
   */
  document: z.number().int().nullable(),
  /** The provider's own value for the result, unchanged. */
  providerResult: z.string().nullable(),
});
export type Check = z.infer<typeof Check>;

/**
 * Everything that a provider reports about the person and the documents. The field names are the same for all providers.
 */
export const Findings = z.object({
  /** Facts about the person that the provider vouches for. Empty unless the case is approved. */
  claims: PersonClaims,
  /**
   * Facts about the person that were read from documents, or that the provider gives, in a case that is not approved.
   * Nobody vouches for them.
   */
  extracted: PersonClaims,
  /** Facts about the person that the caller had sent to the provider, or that the user typed. Nobody vouches for them. */
  submitted: PersonClaims,
  documents: z.array(IdentityDocument),
  checks: z.array(Check),
  /** Other facts, for which there is no common field. They keep the provider's own names. */
  provider_data: z.record(z.string(), z.unknown()),
});
export type Findings = z.infer<typeof Findings>;

export const emptyFindings: Findings = {
  claims: {},
  extracted: {},
  submitted: {},
  documents: [],
  checks: [],
  provider_data: {},
};
