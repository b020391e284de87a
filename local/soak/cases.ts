import { CaseLedger, type EvidenceRule, type ReceivedEvent } from './case-ledger.ts';
import type { Totals } from './totals.ts';

interface OpenCase {
  readonly ledger: CaseLedger;
  /** Once all its deliveries are answered, and nothing is missing. */
  readonly complete: PromiseWithResolvers<void>;
  answered: boolean;
}

/** All cases of a soak. Of a complete one only its last sequence is kept, so that the soak's own memory stays small. */
export class Cases {
  readonly #totals: Totals;
  readonly #open = new Map<string, OpenCase>();
  readonly #complete = new Map<string, number>();

  constructor(totals: Totals) {
    this.#totals = totals;
  }

  open(id: string, evidence: EvidenceRule): void {
    this.#open.set(id, {
      ledger: new CaseLedger(evidence),
      complete: Promise.withResolvers<void>(),
      answered: false,
    });
  }

  accept(id: string, sequence: number): void {
    this.#open.get(id)?.ledger.accept(sequence, performance.now());
  }

  receive(id: string, event: ReceivedEvent): void {
    this.#totals.published += 1;
    if (event.archivedFor !== null) this.#totals.archived += 1;
    const found = this.#open.get(id);
    if (found === undefined) {
      this.#receiveLate(id, event);
      return;
    }
    found.ledger.receive(event);
    this.#recordLag(found.ledger, event);
    this.#closeIfComplete(id, found);
  }

  /** All deliveries of the case are answered. Resolves once every event and archive of it has come. */
  completion(id: string): Promise<void> {
    const found = this.#open.get(id);
    if (found === undefined) return Promise.resolve();
    found.answered = true;
    this.#closeIfComplete(id, found);
    return found.complete.promise;
  }

  /** Adds the faults of those cases that are not complete. */
  settle(): void {
    for (const { ledger } of this.#open.values()) this.#totals.addFaults(ledger.faults());
    this.#open.clear();
  }

  #recordLag(ledger: CaseLedger, { sequence, archivedFor }: ReceivedEvent): void {
    const now = performance.now();
    const acceptedAt = ledger.acceptedAt(sequence);
    if (acceptedAt !== undefined) this.#totals.eventLag.record(now - acceptedAt);
    const askedAt = archivedFor === null ? undefined : ledger.acceptedAt(archivedFor);
    if (askedAt !== undefined) this.#totals.evidenceLag.record(now - askedAt);
  }

  #closeIfComplete(id: string, { ledger, complete, answered }: OpenCase): void {
    const faults = ledger.faults();
    if (!answered || faults.lostEvents > 0 || faults.lostArchives > 0) return;
    this.#totals.addFaults(faults);
    this.#open.delete(id);
    this.#complete.set(id, ledger.lastSequence);
    complete.resolve();
  }

  /** An event of a complete case is one that no answer promised, such as a second archive, or a fault. */
  #receiveLate(id: string, { sequence }: ReceivedEvent): void {
    const last = this.#complete.get(id);
    if (last === undefined) {
      this.#totals.strangers += 1;
      return;
    }
    if (sequence <= last) this.#totals.addFaults({ ...noFaults, repeated: 1 });
    else if (sequence > last + 1) this.#totals.addFaults({ ...noFaults, lostEvents: sequence - last - 1 });
    this.#complete.set(id, Math.max(last, sequence));
  }
}

const noFaults = { lostEvents: 0, lostArchives: 0, repeated: 0, overtaken: 0 };
