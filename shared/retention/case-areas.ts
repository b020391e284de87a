/** The areas of the bucket that hold objects of cases, as `{area}/{provider}/{verification}/…`. */
export const caseAreas = ['evidence', 'findings', 'deliveries', 'unconfirmed', 'parked'] as const;
