/** The account at the IDnow simulator that the bench uses, and the credential of its webhooks. */
export const benchAccount = { companyId: 'democompany', apiKey: 'the-api-key-of-the-bench' };
export const benchCredential = { username: 'idnow', password: 'the-password-of-the-bench' };
export const benchAuthorization = `Basic ${Buffer.from(`${benchCredential.username}:${benchCredential.password}`).toString('base64')}`;
