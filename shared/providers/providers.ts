import { datakeenStage } from './datakeen/stage.ts';
import { id360Stage } from './id360/stage.ts';
import { idnowStage } from './idnow/stage.ts';
import type { ProviderStage } from './provider-stage.ts';

/** The providers by name. The stages, the stack and the local stack read this list; functions do not. */
export const providerStages = {
  idnow: idnowStage,
  id360: id360Stage,
  datakeen: datakeenStage,
} as const satisfies ProviderList;

export type ProviderList = Readonly<Record<string, ProviderStage>>;
