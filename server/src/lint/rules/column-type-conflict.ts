/** A column whose type is not declared, used as two types. */
import type { Span } from '../../base/spans.ts';
import type { Model } from '../../model/model.ts';
import { columnUses, type ColumnUse, type UseKind } from '../codes/columnUses.ts';
import { columnText } from '../codes/judge.ts';
import type { ModelWhole, PageContext } from '../context.ts';
import { defineRule } from '../rule.ts';

export const columnTypeConflict = defineRule({
  id: 'column-type-conflict',
  category: 'type',
  severity: 'error',
  help: 'The model declares no type for this column and no data tells it, yet it is used as a condition in one place and compared with text or numbers in another. One of the two fails in Power BI. The rarer use is marked; declare the type of the column to settle it.',
  bad: 'A = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable])\n\nB = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "1")\n\nC = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] <> "1")',
  good: 'A = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "0")\n\nB = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "1")\n\nC = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] <> "1")',
  messages: {
    default: (p: { column: string; here: string; elsewhere: string }) =>
      `${p.column} is ${p.here} here and ${p.elsewhere} elsewhere. Declare its type, or write both alike.`,
  },
  concerns: (_, { model }) => hasOpenTypes(model),
  definition(ctx, report) {
    if (ctx.place !== 'file' || !hasOpenTypes(ctx.model)) return;
    const all = usesOf(ctx.whole);
    for (const use of columnUses(ctx.bound)) {
      const common = commonUse(use, [all]);
      if (common === undefined) continue;
      report('default', told(use, common), use.span, {
        related: [{ ...(common.uri === undefined ? {} : { uri: common.uri }), span: common.span, message: `${capital(words[common.use.kind])} here.` }],
      });
    }
  },
  page(ctx, report) {
    for (const [whole, own] of usesOfPage(ctx)) {
      const all = [usesOf(whole), counted(own)];
      for (const { use, span } of own) {
        const common = commonUse(use, all);
        if (common === undefined) continue;
        report('default', told(use, common), span, {
          related: [{ ...(common.uri === undefined ? {} : { uri: common.uri }), span: common.span, message: `${capital(words[common.use.kind])} here.` }],
        });
      }
    }
  },
});

const words: Readonly<Record<UseKind, string>> = { boolean: 'a condition', text: 'compared with text', number: 'compared with a number' };
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const told = (use: ColumnUse, common: PlacedUse): { readonly column: string; readonly here: string; readonly elsewhere: string } =>
  ({ column: columnText(use.table, use.column), here: words[use.kind], elsewhere: words[common.use.kind] });

interface PlacedUse {
  readonly use: ColumnUse;
  /** Absent: the page that is looked at. */
  readonly uri: string | undefined;
  /** In its file. */
  readonly span: Span;
}

const open = new WeakMap<Model, boolean>();

/** Whether the model leaves the type of any column open. */
function hasOpenTypes(model: Model): boolean {
  let is = open.get(model);
  if (is === undefined) {
    is = [...model.tables.values()].some((it) => [...it.columns.values()].some((column) => column.type === undefined));
    open.set(model, is);
  }
  return is;
}

/** Of each column and kind of use: how many there are, and the first. */
type Counted = ReadonlyMap<string, ReadonlyMap<UseKind, { readonly count: number; readonly first: PlacedUse }>>;

function counted(uses: readonly PlacedUse[]): Counted {
  const found = new Map<string, Map<UseKind, { count: number; readonly first: PlacedUse }>>();
  for (const it of uses) {
    let kinds = found.get(it.use.key);
    if (kinds === undefined) found.set(it.use.key, (kinds = new Map<UseKind, { count: number; readonly first: PlacedUse }>()));
    const known = kinds.get(it.use.kind);
    if (known === undefined) kinds.set(it.use.kind, { count: 1, first: it });
    else known.count++;
  }
  return found;
}

const wholes = new WeakMap<ModelWhole, Counted>();

/** Uses in the model's files. */
function usesOf(whole: ModelWhole): Counted {
  let uses = wholes.get(whole);
  if (uses === undefined) {
    uses = counted(whole.bounds().flatMap(({ bound, uri, toFile }) => columnUses(bound).map((use) => ({ use, uri, span: toFile(use.span) }))));
    wholes.set(whole, uses);
  }
  return uses;
}

function usesOfPage({ fences }: PageContext): ReadonlyMap<ModelWhole, readonly PlacedUse[]> {
  const found = new Map<ModelWhole, PlacedUse[]>();
  for (const { readings, toPage } of fences.flatMap((it) => it.segments)) {
    for (const { whole, bound, model } of readings) {
      if (!hasOpenTypes(model)) continue;
      const uses = found.get(whole) ?? [];
      found.set(whole, uses);
      for (const use of columnUses(bound)) uses.push({ use, uri: undefined, span: toPage(use.span) });
    }
  }
  return found;
}

/** The first use of the kind that is commoner than this one's; of equally many kinds that which is met first is the common one. */
function commonUse(use: ColumnUse, all: readonly Counted[]): PlacedUse | undefined {
  const kinds = new Map<UseKind, { readonly count: number; readonly first: PlacedUse }>();
  for (const it of all) {
    for (const [kind, { count, first }] of it.get(use.key) ?? []) {
      const known = kinds.get(kind);
      kinds.set(kind, known === undefined ? { count, first } : { count: known.count + count, first: known.first });
    }
  }
  const [most] = [...kinds].sort(([, a], [, b]) => b.count - a.count);
  return most === undefined || most[0] === use.kind ? undefined : most[1].first;
}
