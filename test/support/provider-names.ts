/** The names of the providers that the tests deploy: in CDK stages, and on the local stack. */
export const providerNames = ['idnow', 'id360', 'datakeen'] as const;
