interface ProcessStep {
  type: string;
  /** The name of the ID360 step in callbacks. Two steps can have the same name. */
  name: string;
  /** The key of the ID360 step in a report's `steps`. Unlike the step's name, it is unique. */
  key: string;
  documents: readonly string[];
}

/** The steps of a simulated ID360 enrollment, in the order in which a user completes them. */
export const id360ProcessSteps = [
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
