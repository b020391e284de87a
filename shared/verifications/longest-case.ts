/**
 * The longest time between the first delivery or object of a case and its final decision, in days: 400 days are more than a
 * year, and no provider's case stays open for longer. The retention counts from the final decision, but rows of the history
 * and objects only know their own time.
 */
export const longestCaseDays = 400;
