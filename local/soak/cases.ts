import { type ExpectedEvidence, SoakCaseChecker, type SoakEvent } from './case-tally.ts';
import type { SoakTotals } from './totals.ts';

interface OpenCase {
  readonly tally: SoakCaseChecker;
  /** Resolves when all deliveries of the case are answered and no event or archive is missing. */
  readonly complete: PromiseWithResolvers<void>;
  allDeliveriesAnswered: boolean;
}

/**
 * All cases of a soak. After a case is complete, only its last sequence is kept. Otherwise the soak's own memory would
 * grow with each case, and nobody could measure the memory growth of the stack.
 */
export class SoakCases {
  readonly #totals: SoakTotals;
  readonly #open = new Map<string, OpenCase>();
  readonly #complete = new Map<string, number>();

  constructor(totals: SoakTotals) {
    this.#totals = totals;
  }

  open(id: string, evidence: ExpectedEvidence): void {
    this.#open.set(id, {
      tally: new SoakCaseChecker(evidence),
      complete: Promise.withResolvers<void>(),
      allDeliveriesAnswered: false,
    });
  }

  accept(id: string, sequence: number): void {
    this.#open.get(id)?.tally.accept(sequence, performance.now());
  }

  receive(id: string, event: SoakEvent): void {
    this.#totals.published += 1;
    if (event.archiveRequestedBy !== null) this.#totals.archived += 1;
    const found = this.#open.get(id);
    if (found === undefined) {
      this.#receiveAfterCompletion(id, event);
      return;
    }
    found.tally.receive(event);
    this.#recordLag(found.tally, event);
    this.#closeIfComplete(id, found);
  }

  /**
   * Resolves when all events and archives of the case have arrived. Call it only after the last delivery of the case is
   * answered.
   */
  waitUntilComplete(id: string): Promise<void> {
    const found = this.#open.get(id);
    if (found === undefined) return Promise.resolve();
    found.allDeliveriesAnswered = true;
    this.#closeIfComplete(id, found);
    return found.complete.promise;
  }

  /**
   * Ends the cases that are not complete. Adds their lost, repeated and unordered events and their lost archives to the
   * totals.
   */
  closeIncompleteCases(): void {
    for (const { tally } of this.#open.values()) this.#totals.addFaults(tally.faults());
    this.#open.clear();
  }

  #recordLag(tally: SoakCaseChecker, { sequence, archiveRequestedBy }: SoakEvent): void {
    const now = performance.now();
    const acceptedAt = tally.acceptedAt(sequence);
    if (acceptedAt !== undefined) this.#totals.eventLag.record(now - acceptedAt);
    const requestedAt = archiveRequestedBy === null ? undefined : tally.acceptedAt(archiveRequestedBy);
    if (requestedAt !== undefined) this.#totals.evidenceLag.record(now - requestedAt);
  }

  #closeIfComplete(id: string, { tally, complete, allDeliveriesAnswered }: OpenCase): void {
    const faults = tally.faults();
    if (!allDeliveriesAnswered || faults.lostEvents > 0 || faults.lostArchives > 0) return;
    this.#totals.addFaults(faults);
    this.#open.delete(id);
    this.#complete.set(id, tally.lastSequence);
    complete.resolve();
  }

  /**
   * Checks an event that arrives after its case is complete.
   * - The next sequence is correct, because a case can have a second archive.
   * - A known sequence counts as a repeated event.
   * - A gap in the sequences counts as lost events.
   */
  #receiveAfterCompletion(id: string, { sequence }: SoakEvent): void {
    const last = this.#complete.get(id);
    if (last === undefined) {
      this.#totals.eventsOfUnknownCases += 1;
      return;
    }
    if (sequence <= last) this.#totals.addFaults({ ...noFaults, repeated: 1 });
    else if (sequence > last + 1) this.#totals.addFaults({ ...noFaults, lostEvents: sequence - last - 1 });
    this.#complete.set(id, Math.max(last, sequence));
  }
}

const noFaults = { lostEvents: 0, lostArchives: 0, repeated: 0, outOfOrder: 0 };
