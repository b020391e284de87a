import * as z from 'zod/mini';
import { isObject } from '../parsing/member-of.ts';

/**
 * The schema for facts under a provider's own names. It is no `z.record`, because that drops a member with the name
 * `__proto__`, and a provider may use any name.
 */
export const ProviderData = z.custom<Record<string, unknown>>(isObject, 'not an object');
