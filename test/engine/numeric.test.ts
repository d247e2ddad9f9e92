// Row expressions in numbers, as one loop of code and as loops of parts, against the same expressions cell by cell: a traced
// evaluation computes every step by itself.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Engine from '../../server/src/engine/index.ts';
import type { Cell } from '../../server/src/plan/values.ts';
import type * as Chain from '../semantics/chain.ts';

const ROWS = 1500;

function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

const modelText = (() => {
  const random = randomOf(7);
  const blank = (share: number, it: string): string => (random(share) === 0 ? 'null' : it);
  const rows = Array.from({ length: ROWS }, (_, id) => `      - { Id: ${String(id)}, G: ${String(random(7))}, I: ${blank(9, String(random(41) - 20))}, J: ${String(random(30))}, D: ${blank(15, ((random(2000) - 900) / 8).toString())}, E: ${(random(900) / 10).toString()}, T: "2025-01-${String(1 + random(28)).padStart(2, '0')}", S: ${blank(12, ['red', 'green', 'Blue', '""'][random(4)] ?? '')}, B: ${random(2) === 0 ? 'true' : 'false'}, L: ${random(300) === 0 ? '9007199254740990' : String(random(9))} }`);
  return `name: numbers
tables:
  R:
    columns: { Id: { type: int64, key: true }, G: { type: int64 }, I: { type: int64 }, J: { type: int64 }, D: { type: double }, E: { type: double }, T: { type: dateTime }, S: { type: string }, B: { type: boolean }, L: { type: int64 } }
    rows:
${rows.join('\n')}
`;
})();

/** A random row expression: of a number, or of TRUE and FALSE. */
function numberText(random: (below: number) => number, depth: number): string {
  const leaf = (): string => ['R[I]', 'R[J]', 'R[D]', 'R[E]', 'R[I]', String(random(9) - 3), (random(40) / 8).toString(), 'BLANK()', 'limit', 'LEN(R[S])', 'R[L]', 'DAY(R[T])'][random(12)] ?? '1';
  if (depth === 0) return leaf();
  const number = (): string => numberText(random, depth - 1);
  const truth = (): string => truthText(random, depth - 1);
  switch (random(9)) {
    case 0: return `(${number()} + ${number()})`;
    case 1: return `(${number()} - ${number()})`;
    case 2: return `(${number()} * ${number()})`;
    case 3: return `(${number()} / ${number()})`;
    case 4: return `IF(${truth()}, ${number()}, ${number()})`;
    case 5: return `IF(${truth()}, ${number()})`;
    case 6: return `DIVIDE(${number()}, ${number()}${random(2) === 0 ? '' : ', 3'})`;
    case 7: return `(-${number()})`;
    default: return leaf();
  }
}

function truthText(random: (below: number) => number, depth: number): string {
  const number = (): string => numberText(random, Math.max(0, depth - 1));
  const operator = ['=', '<>', '<', '<=', '>', '>=', '=='][random(7)] ?? '=';
  switch (random(depth <= 0 ? 5 : 9)) {
    case 0: return 'R[B]';
    case 1: return `R[S] = ${['"red"', '"BLUE"', '""', '"none"'][random(4)] ?? '""'}`;
    case 2: return `R[T] ${operator === '==' ? '=' : operator} DATE(2025, 1, ${String(1 + random(28))})`;
    case 5: return `(${truthText(random, depth - 1)} && ${truthText(random, depth - 1)})`;
    case 6: return `(${truthText(random, depth - 1)} || ${truthText(random, depth - 1)})`;
    case 7: return `NOT (${truthText(random, depth - 1)})`;
    default: return `(${number()} ${operator} ${number()})`;
  }
}

/** The engine afresh: what it knows of the host is found out again. */
async function chain(): Promise<typeof Chain> {
  vi.resetModules();
  return await import('../semantics/chain.ts');
}

type Table = readonly (readonly Cell[])[];

function tableOf({ lowered }: typeof Chain, run: typeof Engine.runJob, shop: Chain.Shop, text: string, trace: boolean): Table {
  const { job } = lowered(shop, text);
  const [result] = run(shop.database, trace ? { ...job, trace: true } : job).results;
  if (result?.kind !== 'table') return [[told(result)]];
  return result.columns.map((it) => it.cells);
}

/** Sums of doubles may differ in the order in which they were added up. */
function close(a: Cell, b: Cell): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Object.is(a, b) || Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));
  return told(a) === told(b);
}

const told = (it: unknown): string => JSON.stringify(it, (_, value: unknown) => (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? `number ${String(value)}` : value));

const questions = Array.from({ length: 9 }, (_, seed) => {
  const random = randomOf(1000 + seed);
  return Array.from({ length: 6 }, () => {
    const [number, other, truth] = [numberText(random, 3), numberText(random, 2), truthText(random, 3)];
    const folds = ['SUMX', 'AVERAGEX', 'MINX', 'MAXX', 'COUNTX'].map((fn, i) => `"v${String(i)}", ${fn}(R, ${i % 2 === 0 ? number : other})`).join(', ');
    return `DEFINE VAR limit = ${String(random(20))}\nEVALUATE SUMMARIZECOLUMNS(${random(2) === 0 ? 'R[G], ' : ''}${folds}, "k", COUNTROWS(FILTER(R, ${truth})), "x", SUMX(FILTER(ALL(R), ${truth}), ${other}), "c", CALCULATE(COUNTROWS(R), R[J] * 2 > limit))`;
  });
});

describe.each(['one loop of code', 'loops of parts'])('row expressions in %s', (how) => {
  let modules: typeof Chain;
  let shop: Chain.Shop;
  let run: typeof Engine.runJob;
  const made: string[] = [];

  beforeAll(async () => {
    modules = await chain();
    ({ runJob: run } = await import('../../server/src/engine/index.ts'));
    shop = await modules.open('file:///numbers.daxmodel.yaml', modelText, 'One = 1');
  });

  afterEach(() => void vi.unstubAllGlobals());
  // Whoever comes next finds out about the host by itself.
  afterAll(() => void vi.resetModules());

  it.each(questions.map((texts, seed) => [seed, texts] as const))('are what they are cell by cell, seed %i', (_, texts) => {
    const whole = globalThis.Function;
    vi.stubGlobal('Function', function code(...args: string[]): unknown {
      made.push(args.at(-1) ?? '');
      if (how === 'loops of parts') throw new EvalError('no code is made here');
      return whole(...args);
    });
    for (const text of texts) {
      const [quick, slow] = [tableOf(modules, run, shop, text, false), tableOf(modules, run, shop, text, true)];
      expect(quick.length, text).toBe(slow.length);
      quick.forEach((cells, column) => cells.forEach((cell, row) => {
        if (!close(cell, slow[column]?.[row] ?? null)) expect.fail(`${text}\ncolumn ${String(column)}, row ${String(row)}: ${told(cell)} in place of ${told(slow[column]?.[row])}`);
      }));
    }
  });

  it('are made where the host allows it, of places and operators alone', () => {
    // Where code is refused it is tried once; else once for each shape.
    if (how === 'loops of parts') expect(made.length).toBe(1);
    else expect(made.length).toBeGreaterThan(10);
    for (const it of made) expect(it.replace(/\b(?:return|from|count|out|values|codes|constants|const|for|let|row|use|strict|whole|equal|less|more|true|false|[vcxki]\d*)\b/g, '')).toMatch(/^[\s\d"'(){}[\];,=<>!?:.*/+&|-]*$/);
  });
});
