/** Formats an instant for tables, in seconds. @example formatTime('2026-11-22T10:15:00.123Z') // '2026-11-22 10:15:00Z' */
export const formatTime = (instant: string) => instant.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
