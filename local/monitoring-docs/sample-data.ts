/** The number of values in a series: one for each half hour of a day. */
export const samplesInADay = 48;

/** The provider of a metric; for a metric of AWS, the label of its line. */
type Shape = (halfHour: number, noise: () => number) => number;

const noon = 26;

/** More during the day, less at night. @param peak the value at noon */
const daily =
  (peak: number): Shape =>
  (at, noise) =>
    Math.round(peak * (0.08 + 0.92 * Math.exp(-(((at - noon) / 9) ** 2))) * (0.75 + 0.5 * noise()));

/** A value that moves around its middle. */
const around =
  (middle: number, spread: number): Shape =>
  (_at, noise) =>
    middle + spread * (noise() - 0.5) + (noise() > 0.95 ? spread : 0);

/** Single events. @param counts the count, by half hour */
const events =
  (counts: Readonly<Record<number, number>>): Shape =>
  (at) =>
    counts[at] ?? 0;

/** Rare events at random. */
const rare =
  (chance: number): Shape =>
  (_at, noise) =>
    noise() < chance ? Math.ceil(noise() * 2) : 0;

/** An age that grows while something fails, and falls when it works again. */
const growing =
  (from: number, to: number, normal: Shape): Shape =>
  (at, noise) =>
    at >= from && at < to ? (at - from + 1) * 1800 : normal(at, noise);

/** A wave at one time of the day, on top of a normal shape. */
const wave =
  (at: number, height: number, normal: Shape): Shape =>
  (now, noise) =>
    normal(now, noise) + height * Math.exp(-(((now - at) / 1.6) ** 2));

const flat: Shape = () => 0;

/**
 * An invented day, by metric and provider. IDnow refuses our logins from 9 to 11 o'clock, so its evidence waits. Datakeen
 * sends a new status from 14 o'clock on, so two deliveries are in the quarantine, and their alarm rings.
 */
const sampleDay: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  DeliveriesAccepted: { idnow: daily(44), id360: daily(27), datakeen: daily(15) },
  DeliveriesDuplicate: { idnow: daily(5), id360: daily(2), datakeen: daily(4) },
  DeliveriesStale: { idnow: daily(3), id360: rare(0.2), datakeen: rare(0.1) },
  AnswerSeconds: {
    idnow: wave(12, 1.1, around(0.5, 0.5)),
    id360: around(0.7, 0.6),
    datakeen: wave(27, 1.4, around(1, 0.7)),
  },
  LoginsFailed: { idnow: events({ 18: 5, 19: 3, 20: 2, 21: 2 }) },
  RelayLagSeconds: {
    idnow: wave(26, 34, around(3, 4)),
    id360: wave(26, 29, around(3, 4)),
    datakeen: wave(26, 25, around(2, 3)),
  },
  EvidenceAgeSeconds: {
    idnow: growing(18, 22, around(160, 150)),
    id360: wave(30, 5200, around(900, 700)),
    datakeen: around(240, 200),
  },
  EvidenceArchived: { idnow: daily(11), id360: daily(8), datakeen: daily(4) },
  EvidenceFailed: { id360: events({ 33: 1 }) },
  ApproximateAgeOfOldestMessage: { 'events queue': wave(26.5, 48, around(5, 5)) },
  ApproximateNumberOfMessagesVisible: { 'jobs of id360': (at) => (at >= 33 && at < 40 ? 1 : 0) },
  QuarantineOpen: { datakeen: (at) => (at < 28 ? 0 : at < 35 ? 1 : 2) },
  CasesOverdue: { idnow: rare(0.12), id360: rare(0.2) },
  LostWebhooksFound: { id360: events({ 14: 1 }), idnow: events({ 25: 1 }) },
  RequestsRefusedAddress: { address: rare(0.35) },
  RequestsRefusedRate: { 'over a limit': events({ 31: 4 }) },
  DeliveriesRefusedCredential: { idnow: rare(0.15), id360: rare(0.3), datakeen: rare(0.35) },
  DeliveriesQuarantinedUnknownStatus: { datakeen: events({ 28: 1, 35: 1 }) },
  UnknownReasons: { id360: events({ 30: 1 }) },
};

/** The alarms that ring at the end of the invented day. */
export const ringing = /datakeen-quarantine-open$/;

/** Returns the invented values of a metric. The same metric and owner always get the same values. */
export function getSamples(metric: string, owner: string): number[] {
  const shape = sampleDay[metric]?.[owner] ?? flat;
  const noise = createNoise(`${metric} ${owner}`);
  return Array.from({ length: samplesInADay }, (_, at) => Math.max(0, shape(at, noise)));
}

/** Creates a source of numbers from 0 to 1 that look random, and depend only on the seed (mulberry32). */
function createNoise(seed: string): () => number {
  let state = 0;
  for (const letter of seed) state = (Math.imul(state, 31) + letter.charCodeAt(0)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
