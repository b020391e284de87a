import type { VerificationEventData } from '../../contract/verification-event.ts';
import { maskPersonalData } from './mask.ts';

/** Masks the personal data of an event: its findings. The state, the reasons and the evidence contain none. */
export function maskEventData(data: VerificationEventData): VerificationEventData {
  const { claims, extracted, submitted, documents, checks, provider_data } = data;
  const findings = maskPersonalData({ claims, extracted, submitted, documents, checks, provider_data });
  return { ...data, ...(findings as object) };
}
