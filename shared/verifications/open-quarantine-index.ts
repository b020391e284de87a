/** The index of `History` that contains exactly the quarantined deliveries that nobody has dealt with. */
export const openQuarantineIndex = 'openQuarantine';
