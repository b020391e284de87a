/** An invented person, with the fields that the result of a Datakeen session contains. */
export const datakeenSamplePerson = {
  firstName: 'Camille',
  lastName: 'SPECIMEN',
  /** Empty, as Datakeen sends it for a person without a spouse name. */
  spouseName: '',
  birthDate: '29.02.1984',
  birthPlace: 'BESANÇON',
  birthDepartment: '25',
  birthCountry: 'FR',
  nationality: 'FR',
  gender: 'F',
  address: '12 rue des Acacias 44000 Nantes',
} as const;

export type DatakeenPerson = { readonly [Name in keyof typeof datakeenSamplePerson]: string };

/** The invented person's French id card, in the model of 2003. The check digits of its machine-readable zone are correct. */
export const sampleIdCard = {
  idNumber: '190644100123',
  deliveryDate: '14.06.2019',
  expiryDate: '13.06.2034',
  mrz: 'IDFRASPECIMEN<<<<<<<<<<<<<<<<<4410021906441001235CAMILLE<<ANNE<8402297F7',
} as const;

export const samplePassport = {
  idNumber: '19FV01234',
  deliveryDate: '03.09.2019',
  expiryDate: '02.09.2029',
  mrz: 'P<FRASPECIMEN<<CAMILLE<ANNE<<<<<<<<<<<<<<<<<19FV012344FRA8402297F2909026<<<<<<<<<<<<<<08',
} as const;
