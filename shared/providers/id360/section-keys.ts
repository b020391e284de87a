/**
 * The names of the members that we read from the sections of a report. The readers and the leaf table share these lists, so
 * that the table calls no leaf a field which the readers ignore.
 */
export const addressLineKeys = [
  'address',
  'address_line',
  'address_line_1',
  'address_line_2',
  'address_line_3',
  'address_1',
  'address_2',
  'address_3',
] as const;
export const addressKeys = [...addressLineKeys, 'zip_code', 'city', 'country'] as const;

/** The members of an identity, without `first_names`, which may be a list. */
export const identityKeys = [
  'name',
  'first_name',
  'birth_name',
  'birth_date',
  'birth_place',
  'birth_country',
  'gender',
  'nationality',
] as const;

/** What the user or the caller typed. Only the report's `identity` contains it. */
export const contactKeys = ['email', 'phone_number'] as const;

/** The members of `extra`: the data of an identity document. */
export const documentKeys = [
  'id_number',
  'issuing_date',
  'expiration_date',
  'issuer',
  'address',
  'mrz_line_1',
  'mrz_line_2',
  'mrz_line_3',
] as const;

export const proofOfAddressKeys = [...addressKeys, 'full_name', 'date'] as const;

export const bankDetailsKeys = ['full_name', 'iban', 'bic'] as const;

/** The members of the payload of an electronic identity (L'Identité Numérique). They have OpenID names. */
export const electronicIdentityKeys = [
  'given_name',
  'family_name',
  'birthdate',
  'gender',
  'place_of_birth',
  'document_number',
] as const;
