/**
 * The time after which a Datakeen job ends: three days. If a credential is wrong before a weekend, people can still
 * correct it on Monday. Jobs for Datakeen sessions that do not exist end after this time, too. Datakeen's own retention
 * is not known here, because each Datakeen customer sets it.
 */
export const datakeenDeadlineSeconds = 3 * 24 * 3600;
