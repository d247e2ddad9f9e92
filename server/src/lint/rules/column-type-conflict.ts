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
  definition({ bound, model, place, whole }, report) {
    if (place !== 'file' || !hasOpenTypes(model)) return;
    for (const { use, common } of conflicts(bound.segment, columnUses(bound), usesOf(whole))) {
      report('default', told(use, common), use.span, {
        related: [{ ...(common.uri === undefined ? {} : { uri: common.uri }), span: common.span, message: `${capital(words[common.use.kind])} here.` }],
      });
    }
  },
  page(ctx, report) {
    for (const [whole, own] of usesOfPage(ctx)) {
      const all = [...usesOf(whole), ...own];
      for (const it of own) {
        for (const { use, common } of conflicts(it.segment, [it.use], all)) {
          report('default', told(use, common), it.span, {
            related: [{ ...(common.uri === undefined ? {} : { uri: common.uri }), span: common.span, message: `${capital(words[common.use.kind])} here.` }],
          });
        }
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
  readonly segment: object;
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

const wholes = new WeakMap<ModelWhole, readonly PlacedUse[]>();

/** Uses in the model's files. */
function usesOf(whole: ModelWhole): readonly PlacedUse[] {
  let uses = wholes.get(whole);
  if (uses === undefined) {
    uses = whole.bounds().flatMap(({ bound, uri, toFile }) =>
      columnUses(bound).map((use) => ({ use, segment: bound.segment, uri, span: toFile(use.span) })));
    wholes.set(whole, uses);
  }
  return uses;
}

function usesOfPage({ fences }: PageContext): ReadonlyMap<ModelWhole, readonly PlacedUse[]> {
  const found = new Map<ModelWhole, PlacedUse[]>();
  for (const { segment, readings, toPage } of fences.flatMap((it) => it.segments)) {
    for (const { whole, bound, model } of readings) {
      if (!hasOpenTypes(model)) continue;
      const uses = found.get(whole) ?? [];
      found.set(whole, uses);
      for (const use of columnUses(bound)) uses.push({ use, segment, uri: undefined, span: toPage(use.span) });
    }
  }
  return found;
}

/** Uses of a kind that is rarer than another one; of equally many, that which stands later. */
function conflicts(segment: object, own: readonly ColumnUse[], all: readonly PlacedUse[]): readonly { readonly use: ColumnUse; readonly common: PlacedUse }[] {
  return own.flatMap((use) => {
    const same = all.filter((it) => it.use.key === use.key);
    const counts = new Map<UseKind, number>();
    for (const it of same) counts.set(it.use.kind, (counts.get(it.use.kind) ?? 0) + 1);
    // Kinds are counted in the order in which they are met, so the first of equally many wins.
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    const common = most === undefined || most[0] === use.kind ? undefined : same.find((it) => it.use.kind === most[0] && (it.segment !== segment || it.use !== use));
    return common === undefined ? [] : [{ use, common }];
  });
}
