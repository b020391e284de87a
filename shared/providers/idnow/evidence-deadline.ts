/**
 * The time after which an IDnow job ends: a week. IDnow keeps idents for 90 days, but SQS counts at most 1000 receives
 * of a message, and each try is one receive. Four tries an hour for a week stay below 1000.
 */
export const idnowDeadlineSeconds = 7 * 24 * 3600;
