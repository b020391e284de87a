interface StepSpecimen {
  type: string;
  /** In callbacks; not unique. */
  name: string;
  /** In reports. */
  key: string;
  documents: readonly string[];
}

/** The steps of one process, in the order in which a user goes through them. */
export const processSteps = [
  step('SDRIdentityDocumentStep', 'id_document', ['id_document_image']),
  step('LeiaFakePhotoIdCardStep', 'fake_photo_id', ['id_document_image']),
  step('LeiaPhoneDetection', 'phone_detection', ['id_document_image']),
  { ...step('LeiaFaceChallengeStep', 'liveness', ['liveness_video$0']), key: 'liveness$0' },
  { ...step('LeiaFaceChallengeStep', 'liveness', ['liveness_video$1']), key: 'liveness$1' },
  step('LeiaFaceCompareStep', 'facecomparison', ['id_document_image', 'selfie_image']),
] as const satisfies readonly StepSpecimen[];

function step(type: string, name: string, documents: readonly string[]): StepSpecimen {
  return { type, name, key: name, documents };
}
