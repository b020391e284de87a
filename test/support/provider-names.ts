/** The names of the providers that the tests deploy in stages and systems. */
export const providerNames = ['idnow', 'id360', 'datakeen'] as const;
