import * as z from 'zod/mini';
import { ProviderData } from './provider-data.ts';

/**
 * A postal address. Fields of addresses, persons and documents have the names of OpenID Connect Core 1.0 (section 5.1)
 * and OpenID Connect for Identity Assurance 1.0. A field is absent if the provider does not give its value. Dates are
 * ISO 8601 (`YYYY-MM-DD`), countries are ISO 3166-1 alpha-2.
 *
 * OpenID has no separate fields for the street and the house number. `house_number` has the name that it has in the PID of
 * EU wallets (`address.house_number`). `street` is our own name.
 */
export const Address = z.object({
  /** The street and the house number, in one line. */
  street_address: z.optional(z.string()),
  /** The street, if the provider gives it separately. It may contain the house number, if `house_number` is absent. */
  street: z.optional(z.string()),
  /** The house number, if the provider gives it separately. */
  house_number: z.optional(z.string()),
  locality: z.optional(z.string()),
  postal_code: z.optional(z.string()),
  region: z.optional(z.string()),
  country_code: z.optional(z.string()),
});
export type Address = z.infer<typeof Address>;

/**
 * Facts about a person. The provider vouches for facts in `claims`, and for no others: not for facts in `extracted`, and
 * not for facts in `submitted`.
 */
export const PersonClaims = z.object({
  given_name: z.optional(z.string()),
  family_name: z.optional(z.string()),
  birth_family_name: z.optional(z.string()),
  title: z.optional(z.string()),
  /** `male`, `female`, or the text that the provider gives. */
  gender: z.optional(z.string()),
  birthdate: z.optional(z.string()),
  place_of_birth: z.optional(
    z.object({ locality: z.optional(z.string()), country_code: z.optional(z.string()) }),
  ),
  nationalities: z.optional(z.array(z.string())),
  address: z.optional(Address),
  email: z.optional(z.string()),
  phone_number: z.optional(z.string()),
});
export type PersonClaims = z.infer<typeof PersonClaims>;

/** An identity document that the provider reports. */
export const IdentityDocument = z.object({
  /**
   * `idcard`, `passport`, `driving_permit`, `residence_permit` …. If a type has no common name, this is the provider's
   * name in lower case.
   */
  type: z.optional(z.string()),
  document_number: z.optional(z.string()),
  date_of_issuance: z.optional(z.string()),
  date_of_expiry: z.optional(z.string()),
  issuer: z.optional(z.object({ name: z.optional(z.string()), country_code: z.optional(z.string()) })),
  /** The facts about its holder that this document states. Absent if the provider does not give them per document. */
  claims: z.optional(PersonClaims),
  /** Facts about the document that only this provider gives. They keep the provider's own names. */
  provider_data: z.optional(ProviderData),
});
export type IdentityDocument = z.infer<typeof IdentityDocument>;

/** The result of one check that the provider made. Datakeen calls such a check a control. */
export const Check = z.object({
  name: z.string(),
  /** True if the check passed, false if it failed, null if the provider gives no result. */
  passed: z.nullable(z.boolean()),
  /** The provider's confidence in the result, from 0 to 1; null if the provider gives none. */
  confidence: z.nullable(z.number()),
  /**
   * The index in `documents` of the checked document. Null if the check is about the person or about several documents.
   */
  document: z.nullable(z.int()),
  /** The provider's own value for the result, unchanged. */
  providerResult: z.nullable(z.string()),
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
  provider_data: ProviderData,
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
