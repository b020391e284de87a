/** The providers that the stages and the systems of the tests have. */
export const providerNames = ['idnow', 'id360', 'datakeen'] as const;
