/** The schemas of `generate:` in a model file: of the model, of a table and of a column. */
import * as z from 'zod/mini';
import { dateParts, distributions, wordLists } from './generate.ts';

const words = (what: string) => ({ error: what });

const share = z.number().check(z.refine((it) => it >= 0 && it <= 1, words('a number from 0 to 1')));
const finite = z.number().check(z.refine((it) => Math.abs(it) <= Number.MAX_SAFE_INTEGER, words('a number of at most 16 digits')));
const positive = z.number().check(z.refine((it) => it >= 0 && it <= Number.MAX_SAFE_INTEGER, words('a number of 0 or more')));
const weight = z.number().check(z.refine((it) => it >= 0 && it <= 1e9, words('a weight: a number from 0 to 1,000,000,000')));
const count = z.number().check(z.refine((it) => Number.isInteger(it) && it >= 0 && it <= 1e9, words('a whole number from 0 to 1,000,000,000')));
const moment = z.string().check(z.refine(
  (it) => /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?$/.test(it) && !Number.isNaN(Date.parse(`${it.slice(0, 10)}T00:00:00Z`)),
  words('a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ss'),
));
const hour = z.number().check(z.refine((it) => it >= 0 && it <= 24, words('an hour from 0 to 24')));
const name = z.string().check(z.refine((it) => it.trim() !== '' && it.length <= 512, words('a name of 1 to 512 characters')));
const value = z.union([z.string(), z.number(), z.boolean()]);

export const modelHintsSchema = z.strictObject({
  rows: z.optional(count), from: z.optional(moment), to: z.optional(moment), seed: z.optional(z.int()),
});

export const tableHintsSchema = z.strictObject({ rows: z.optional(count), from: z.optional(moment), to: z.optional(moment) });

export const columnHintsSchema = z.strictObject({
  /** A list, or a mapping of values to their weights. */
  values: z.optional(z.union([z.array(value), z.map(z.string(), weight)])),
  blanks: z.optional(share),
  share: z.optional(share),
  distribution: z.optional(z.enum(distributions)),
  min: z.optional(finite),
  max: z.optional(finite),
  mean: z.optional(finite),
  deviation: z.optional(positive),
  decimals: z.optional(z.int().check(z.refine((it) => it >= 0 && it <= 10, words('a whole number from 0 to 10')))),
  from: z.optional(moment),
  to: z.optional(moment),
  hours: z.optional(z.array(hour).check(z.refine((it) => it.length === 2, words('two hours: the first, and that before which the day ends')))),
  after: z.optional(name),
  part: z.optional(z.enum(dateParts)),
  of: z.optional(name),
  words: z.optional(z.enum(wordLists)),
  prefix: z.optional(z.string().check(z.refine((it) => it.length <= 100, words('a text of at most 100 characters')))),
});
