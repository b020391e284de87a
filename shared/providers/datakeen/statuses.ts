import type { StatusRule } from '../../contract/state.ts';
import { findByWord } from '../../parsing/find-by-code.ts';

// In order of their ranks: the controls, an analyst who is still to decide, the machine, the analyst.
const open = { outcome: null, finality: 'provisional', flags: [] } as const;
const submitted = { ...open, phase: 'submitted', rank: 30 } as const;
const inReview = { ...open, phase: 'in_review', rank: 40 } as const;
const decided = { phase: 'completed', finality: 'final', flags: [] } as const;
const controls = { ...decided, rank: 35 } as const;
const machine = { ...decided, rank: 60 } as const;
const human = { ...decided, rank: 70 } as const;

interface Meaning {
  /** Of the webhook, which proves nothing about its sender: it decides nothing. */
  readonly said: StatusRule;
  /** Once the session has been fetched with our own credentials. */
  readonly confirmed: StatusRule;
}

/** What each `newStatus` means. */
const statuses = {
  AI_APPROVED: { said: submitted, confirmed: { ...machine, outcome: 'approved' } },
  AI_REJECTED: { said: submitted, confirmed: { ...machine, outcome: 'declined' } },
  // The machine is not sure: an analyst will decide.
  VERIFY: { said: inReview, confirmed: inReview },
  USER_APPROVED: { said: submitted, confirmed: { ...human, outcome: 'approved' } },
  USER_REJECTED: { said: submitted, confirmed: { ...human, outcome: 'declined' } },
} as const satisfies Record<string, Meaning>;

interface NamedMeaning extends Meaning {
  /** The word in one spelling. */
  readonly name: string;
}

const meanings: ReadonlyMap<string, NamedMeaning> = new Map(
  Object.entries(statuses).map(([name, meaning]) => [name, { name, ...meaning }]),
);

export interface Status extends NamedMeaning {
  /** Datakeen's own word, untouched; empty where there is none. */
  readonly word: string;
}

/** Null where the word is not text, or one that we do not know. */
export function statusOf(word: unknown): Status | null {
  const meaning = findByWord(meanings, word);
  return meaning === null || typeof word !== 'string' ? null : { ...meaning, word };
}

/** What a webhook without a word says: the session is over (version 1). */
export const over: StatusRule = submitted;

/** What the controls of a result mean, where no word came with the webhook: any word of Datakeen's is above it. */
export const verdicts = {
  approved: { ...controls, outcome: 'approved' },
  declined: { ...controls, outcome: 'declined' },
  // They have decided, and say nothing any more.
  none: { ...controls, outcome: 'error' },
} as const satisfies Record<string, StatusRule>;

/** An analyst's word: the controls are not its reasons. */
export const isHuman = ({ rank }: StatusRule): boolean => rank === human.rank;
