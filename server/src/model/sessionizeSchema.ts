/** The schema of the key `sessionize:`. What must be given is checked where the rest is known: a table whose rules are incomplete still has its columns. */
import * as z from 'zod/mini';
import { dax } from './daxSchema.ts';
import { readDuration } from './duration.ts';
import { sessionFacts, sessionFolds, type SessionFact, type SessionFold } from './sessionize.ts';

const words = (what: string) => ({ error: what });
const name = z.string().check(z.refine((it) => it.trim() !== '' && it.length <= 512, words('a name of 1 to 512 characters')));
const names = z.union([name, z.array(name)]);
/** A number alone does not say its unit: it is read, and refused in words. */
const duration = z.union([z.string(), z.number()]).check(
  z.refine((it) => typeof it === 'string' && readDuration(it) !== undefined, words('a time span above 0 with its unit such as 30m, 1h 30m or PT30M')));
const turns = z.number().check(z.refine((it) => Number.isSafeInteger(it) && it > 0, words('a whole number above 0')));

const facts = Object.keys(sessionFacts) as [SessionFact, ...SessionFact[]];
const folds = Object.fromEntries(sessionFolds.map((it) => [it, z.optional(dax)])) as Record<SessionFold, z.ZodMiniOptional<typeof dax>>;

export const sessionizeSchema = z.strictObject({
  from: z.optional(name),
  partition: z.optional(names),
  order: z.optional(names),
  startWhen: z.optional(dax),
  preamble: z.optional(z.enum(['ignore', 'attach'])),
  user: z.optional(dax),
  idle: z.optional(duration),
  idleFrom: z.optional(z.enum(['any', 'user'])),
  maxLength: z.optional(duration),
  maxTurns: z.optional(turns),
  endWhen: z.optional(dax),
  afterCut: z.optional(z.enum(['message', 'trigger'])),
  whenBoth: z.optional(z.enum(['idle', 'first'])),
  columns: z.optional(z.map(z.string(), z.union([z.enum(facts), z.strictObject(folds)]))),
});
export type SessionizeData = z.infer<typeof sessionizeSchema>;
