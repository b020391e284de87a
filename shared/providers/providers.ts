import { datakeenStageSection } from './datakeen/stage.ts';
import { id360StageSection } from './id360/stage.ts';
import { idnowStageSection } from './idnow/stage.ts';
import type { ProviderStageSection } from './provider-stage.ts';

/** The providers by name. The stages, the stack and the local stack read this list; functions do not. */
export const providerStageSections = {
  idnow: idnowStageSection,
  id360: id360StageSection,
  datakeen: datakeenStageSection,
} as const satisfies StageSectionsByProvider;

export type StageSectionsByProvider = Readonly<Record<string, ProviderStageSection>>;
