/**
 * Which accepted deliveries have their evidence archived: none; those with a final state; or each one, where
 * only a look at the provider decides (Datakeen).
 */
export type EvidenceRule = 'none' | 'of-final' | 'of-each';

/** What the soak reads of an event. */
export interface ReceivedEvent {
  readonly sequence: number;
  readonly final: boolean;
  /** Set on the event that tells of an archive: the sequence of the event that asked for it. */
  readonly archivedFor: number | null;
}

/** What of a case has not arrived, or not as promised. */
export interface CaseFaults {
  readonly lostEvents: number;
  readonly lostArchives: number;
  /** Received again. */
  readonly repeated: number;
  /** Received after one with a higher sequence. */
  readonly overtaken: number;
}

/** The accounts of one verification: what was accepted, against what a consumer has received. */
export class CaseLedger {
  readonly #evidence: EvidenceRule;
  readonly #accepted = new Map<number, { at: number }>();
  readonly #received = new Map<number, { final: boolean }>();
  #highest = 0;
  #archivedFor = 0;
  #repeated = 0;
  #overtaken = 0;

  constructor(evidence: EvidenceRule) {
    this.#evidence = evidence;
  }

  /** A delivery was answered: accepted as this sequence. */
  accept(sequence: number, at: number): void {
    this.#accepted.set(sequence, { at });
  }

  receive({ sequence, final, archivedFor }: ReceivedEvent): void {
    if (this.#received.has(sequence)) {
      this.#repeated += 1;
      return;
    }
    if (sequence < this.#highest) this.#overtaken += 1;
    this.#received.set(sequence, { final });
    this.#highest = Math.max(this.#highest, sequence);
    this.#archivedFor = Math.max(this.#archivedFor, archivedFor ?? 0);
  }

  /** When the delivery was answered that became this event; undefined where the event has another cause. */
  acceptedAt(sequence: number): number | undefined {
    return this.#accepted.get(sequence)?.at;
  }

  get lastSequence(): number {
    return Math.max(this.#highest, ...this.#accepted.keys());
  }

  faults(): CaseFaults {
    const asking = this.#lastThatAsks();
    return {
      lostEvents: this.lastSequence - this.#received.size,
      lostArchives: asking > this.#archivedFor ? 1 : 0,
      repeated: this.#repeated,
      overtaken: this.#overtaken,
    };
  }

  /** The newest accepted delivery that asks for evidence. An archive of a later one serves an earlier, too. */
  #lastThatAsks(): number {
    const asks = (sequence: number) => {
      if (this.#evidence === 'none') return false;
      return this.#evidence === 'of-each' || (this.#received.get(sequence)?.final ?? false);
    };
    return Math.max(0, ...[...this.#accepted.keys()].filter(asks));
  }
}
