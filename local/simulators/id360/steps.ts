interface ProcessStep {
  type: string;
  /** The name of the step in callbacks. It is not unique. */
  name: string;
  /** The unique key of the step in reports. */
  key: string;
  documents: readonly string[];
}

/** The steps of a process, in the order in which a user completes them. */
export const processSteps = [
  step('SDRIdentityDocumentStep', 'id_document', ['id_document_image']),
  step('LeiaFakePhotoIdCardStep', 'fake_photo_id', ['id_document_image']),
  step('LeiaPhoneDetection', 'phone_detection', ['id_document_image']),
  { ...step('LeiaFaceChallengeStep', 'liveness', ['liveness_video$0']), key: 'liveness$0' },
  { ...step('LeiaFaceChallengeStep', 'liveness', ['liveness_video$1']), key: 'liveness$1' },
  step('LeiaFaceCompareStep', 'facecomparison', ['id_document_image', 'selfie_image']),
] as const satisfies readonly ProcessStep[];

function step(type: string, name: string, documents: readonly string[]): ProcessStep {
  return { type, name, key: name, documents };
}
