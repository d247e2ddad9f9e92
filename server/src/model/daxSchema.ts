/** What a key that holds DAX must hold. */
import * as z from 'zod/mini';

/** The one refusal of a union with words of its own. */
export const daxWords = 'a DAX expression';
export const dax = z.union([z.string(), z.number(), z.boolean()], { error: daxWords });
