/** A report of an enrollment with an electronic identity (L'Identité Numérique), in the form that integrators read. */
export const electronicIdentityReport = {
  id: 37125,
  status: 'OK',
  id_verification_service: 'IdNumericExternalMethod',
  external_methods: {
    id_num: {
      results: {
        id_num_out_token: [
          {
            payload: {
              typ: 'ID',
              given_name: 'Jeanne',
              family_name: 'MARTIN',
              birthdate: '1984-07-11T00:00:00',
              gender: 'female',
              place_of_birth: 'LYON',
              document_number: 'X4RTBPFW4',
            },
          },
        ],
      },
    },
  },
};
