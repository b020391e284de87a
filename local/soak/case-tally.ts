/**
 * The rule that tells which accepted deliveries lead to archived evidence.
 * - `none`: no delivery.
 * - `final`: each delivery that leads to a final state.
 * - `every`: each delivery, because each Datakeen hint requests a lookup, and the lookup is archived.
 */
export type EvidenceRule = 'none' | 'final' | 'every';

/** The fields of an event that the soak reads. */
export interface ReceivedEvent {
  readonly sequence: number;
  readonly isFinal: boolean;
  /**
   * The sequence of the event that requested the archived evidence. Null if this event reports no archived evidence.
   */
  readonly archiveRequestedBy: number | null;
}

/** The numbers of events and archives of a case that are lost, repeated or out of order. */
export interface CaseFaultCounts {
  readonly lostEvents: number;
  readonly lostArchives: number;
  /** Events that the consumer received more than once. */
  readonly repeated: number;
  /** Events that the consumer received after an event with a higher sequence. */
  readonly outOfOrder: number;
}

/** Compares the accepted deliveries of one case with the events that a consumer received. */
export class CaseTally {
  readonly #evidence: EvidenceRule;
  readonly #accepted = new Map<number, { at: number }>();
  readonly #received = new Map<number, { isFinal: boolean }>();
  #highest = 0;
  #lastArchived = 0;
  #repeated = 0;
  #outOfOrder = 0;

  constructor(evidence: EvidenceRule) {
    this.#evidence = evidence;
  }

  /** Records that a delivery was accepted as the event with this sequence. */
  accept(sequence: number, at: number): void {
    this.#accepted.set(sequence, { at });
  }

  receive({ sequence, isFinal, archiveRequestedBy }: ReceivedEvent): void {
    if (this.#received.has(sequence)) {
      this.#repeated += 1;
      return;
    }
    if (sequence < this.#highest) this.#outOfOrder += 1;
    this.#received.set(sequence, { isFinal });
    this.#highest = Math.max(this.#highest, sequence);
    this.#lastArchived = Math.max(this.#lastArchived, archiveRequestedBy ?? 0);
  }

  /**
   * Returns the time of our answer to the delivery that became this event. Undefined if no delivery became this event.
   */
  acceptedAt(sequence: number): number | undefined {
    return this.#accepted.get(sequence)?.at;
  }

  get lastSequence(): number {
    return Math.max(this.#highest, ...this.#accepted.keys());
  }

  faults(): CaseFaultCounts {
    const requested = this.#lastThatRequestsEvidence();
    return {
      lostEvents: this.lastSequence - this.#received.size,
      lostArchives: requested > this.#lastArchived ? 1 : 0,
      repeated: this.#repeated,
      outOfOrder: this.#outOfOrder,
    };
  }

  /**
   * Returns the sequence of the newest accepted delivery that requests evidence. The archive that a later
   * delivery requests also counts for an earlier delivery.
   */
  #lastThatRequestsEvidence(): number {
    const requestsEvidence = (sequence: number) => {
      if (this.#evidence === 'none') return false;
      return this.#evidence === 'every' || (this.#received.get(sequence)?.isFinal ?? false);
    };
    return Math.max(0, ...[...this.#accepted.keys()].filter(requestsEvidence));
  }
}
