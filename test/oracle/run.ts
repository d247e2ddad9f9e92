/** Runs seeded cases and counts what came of them. */
import { check, report, type Case, type Outcome } from './check.ts';
import { resolve } from './evaluate.ts';
import { leafQuestion, randomQuestion, withCalculated } from './generate.ts';
import { randomModel, type SmallModel } from './smallModel.ts';
import type { Question } from './tree.ts';
import { doubtless } from './values.ts';

/** Case number `seed`; the model changes with every tenth. */
export function caseOf(seed: number): Case {
  const number = Math.floor(seed / 10);
  const model = withCalculated(randomModel(number), number);
  return { model, question: randomQuestion(resolve(model, doubtless()), seed) };
}

/** Breakdown number `seed`, of aggregates with filters told by the text alone. */
export function leafCaseOf(seed: number): Case {
  const model = randomModel(1_000_000 + Math.floor(seed / 10));
  return { model, question: leafQuestion(model, seed) };
}

/** A breakdown over tables of hundreds of rows. */
export function largeCaseOf(seed: number): Case {
  const model = randomModel(2_000_000 + Math.floor(seed / 10), 9);
  return { model, question: leafQuestion(model, seed) };
}

/** The questions of one model, `count` of them. */
export function groupOf(number: number, count = 10): { readonly model: SmallModel; readonly questions: readonly Question[] } {
  const cases = Array.from({ length: count }, (_, i) => caseOf(number * 10 + i));
  return { model: (cases[0] as Case).model, questions: cases.map((it) => it.question) };
}

export interface Tally {
  readonly same: number;
  readonly different: readonly { readonly seed: number; readonly of: Case; readonly outcome: Outcome }[];
  readonly refused: ReadonlyMap<string, number>;
  readonly leftOut: ReadonlyMap<string, number>;
}

export async function run(from: number, count: number, make: (seed: number) => Case = caseOf, told?: (seed: number, of: Case, outcome: Outcome) => void): Promise<Tally> {
  let same = 0;
  const different: { seed: number; of: Case; outcome: Outcome }[] = [];
  const refused = new Map<string, number>();
  const leftOut = new Map<string, number>();
  const more = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  for (let seed = from; seed < from + count; seed++) {
    const of = make(seed);
    const outcome = await check(of).catch((error: unknown) => {
      throw new Error(`case ${String(seed)}: ${String(error)}\n${report(of, { kind: 'left out', why: 'failed' })}`);
    });
    told?.(seed, of, outcome);
    switch (outcome.kind) {
      case 'same':
        same++;
        break;
      case 'different': different.push({ seed, of, outcome }); break;
      case 'refused': more(refused, outcome.why); break;
      case 'left out': more(leftOut, outcome.why); break;
    }
  }
  return { same, different, refused, leftOut };
}

/**
 * The number of random cases until one differs; undefined: none of `limit` does.
 *
 * @public faults.mjs calls it in bundles with a fault
 */
export async function seen(limit: number): Promise<number | undefined> {
  for (let seed = 0; seed < limit; seed++) {
    const outcome = await check(caseOf(seed));
    if (outcome.kind === 'different') return seed + 1;
  }
  return undefined;
}
