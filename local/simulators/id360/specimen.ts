/** An invented person with documents, in the fields that an ID360 report contains. */
export const id360SamplePerson = {
  identity: {
    name: 'SPECIMEN BERTHIER',
    first_name: 'CAMILLE',
    first_names: ['CAMILLE', 'ANNE'],
    birth_name: 'SPECIMEN',
    email: 'camille.specimen@example.com',
    address: '12 RUE DES ACACIAS',
    zip_code: '44000',
    city: 'NANTES',
    country: 'FRA',
    phone_number: '+33199000001',
    birth_date: '1984-02-29',
    gender: 'F',
    birth_place: 'BESANÇON',
    birth_country: 'FRA',
    nationality: 'FRA',
  },
  idCard: {
    id_number: 'X4RTBPFW4',
    issuing_date: '2021-08-02',
    expiration_date: '2031-08-01',
    issuer: 'Préfecture de Loire-Atlantique',
    mrz_line_1: 'IDFRASPECIMEN<BERTHIER<<<<<<<<<<<<<<',
    mrz_line_2: 'X4RTBPFW4FRACAMILLE<<ANNE8402290F310',
  },
  proofOfAddress: {
    full_name: 'MME SPECIMEN CAMILLE',
    address_1: '12 rue des Acacias',
    address_2: 'Bâtiment B',
    zip_code: '44000',
    city: 'Nantes',
    date: '2026-09-14',
  },
  // A well-known example IBAN, which banks print on samples.
  bankDetails: {
    iban: 'FR7630006000011234567890189',
    bic: 'AGRIFRPP',
    full_name: 'MLE CAMILLE SPECIMEN',
  },
} as const;
