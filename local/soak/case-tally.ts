/**
 * The accepted deliveries of a case that must lead to archived evidence.
 * - `none`: no delivery.
 * - `final`: each delivery that leads to a final state.
 * - `every`: each delivery. At Datakeen, each delivery is a hint that requests a lookup, and the lookup is archived.
 */
export type ExpectedEvidence = 'none' | 'final' | 'every';

/** The fields of an event that the soak reads. */
export interface SoakEvent {
  readonly sequence: number;
  readonly isFinal: boolean;
  /** If the event reports archived evidence: the sequence of the event that requested the evidence. Otherwise null. */
  readonly archiveRequestedBy: number | null;
}

/** What went wrong in a case: the numbers of lost events, lost archives, repeated events, and events out of order. */
export interface SoakCaseProblemCounts {
  readonly lostEvents: number;
  readonly lostArchives: number;
  /** Events that the consumer received more than once. */
  readonly repeated: number;
  /** Events that the consumer received after an event with a higher sequence. */
  readonly outOfOrder: number;
}

/**
 * Finds what went wrong in one case. Compares the deliveries that we accepted with the events that the consumer
 * received.
 */
export class SoakCaseChecker {
  readonly #evidence: ExpectedEvidence;
  readonly #accepted = new Map<number, { at: number }>();
  readonly #received = new Map<number, { isFinal: boolean }>();
  #highest = 0;
  #lastArchived = 0;
  #repeated = 0;
  #outOfOrder = 0;

  constructor(evidence: ExpectedEvidence) {
    this.#evidence = evidence;
  }

  /** Records that we accepted a delivery, and that it became the event with this sequence. */
  accept(sequence: number, at: number): void {
    this.#accepted.set(sequence, { at });
  }

  receive({ sequence, isFinal, archiveRequestedBy }: SoakEvent): void {
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
   * Returns the time of our answer to the delivery that became the event with this sequence. Undefined if the event
   * comes from a job, not from a delivery.
   */
  acceptedAt(sequence: number): number | undefined {
    return this.#accepted.get(sequence)?.at;
  }

  get lastSequence(): number {
    return Math.max(this.#highest, ...this.#accepted.keys());
  }

  faults(): SoakCaseProblemCounts {
    const requested = this.#lastThatRequestsEvidence();
    return {
      lostEvents: this.lastSequence - this.#received.size,
      lostArchives: requested > this.#lastArchived ? 1 : 0,
      repeated: this.#repeated,
      outOfOrder: this.#outOfOrder,
    };
  }

  /**
   * Returns the sequence of the last accepted delivery that requests evidence, or 0. Only its archive must arrive,
   * because this archive also counts for the earlier requests.
   */
  #lastThatRequestsEvidence(): number {
    const requestsEvidence = (sequence: number) => {
      if (this.#evidence === 'none') return false;
      return this.#evidence === 'every' || (this.#received.get(sequence)?.isFinal ?? false);
    };
    return Math.max(0, ...[...this.#accepted.keys()].filter(requestsEvidence));
  }
}
