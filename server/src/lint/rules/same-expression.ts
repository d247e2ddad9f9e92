/** Two metrics of one model with the same expression. */
import { canonicalExpression } from '../../../../grammar/src/index.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { nameKey } from '../../model/model.ts';
import type { ModelWhole } from '../context.ts';
import { defineRule } from '../rule.ts';
import { unwrap } from '../tree.ts';

export const sameExpressionRule = defineRule({
  id: 'same-expression',
  category: 'metric',
  severity: 'information',
  help: 'Two metrics of one model have the same expression. Let one read the other, so that a change reaches both, or remove one.',
  bad: 'A = CALCULATE(COUNTROWS(FactSession), FactSession[WaitTime] > 3)\nB = CALCULATE(COUNTROWS(FactSession), FactSession[WaitTime] > 3)',
  good: 'A = CALCULATE(COUNTROWS(FactSession), FactSession[WaitTime] > 3)\nB = CALCULATE(COUNTROWS(FactSession), FactSession[WaitTime] > 4)',
  messages: { default: (p: { other: string }) => `${p.other} has the same expression. Let one read the other.` },
  concerns: (symbol, whole) => groupsOf(whole).shared.has(symbol),
  definition(ctx, report) {
    const { symbol, whole, segment } = ctx;
    const { item } = segment;
    if (item.kind !== 'measure' || ctx.place !== 'file' || isTrivial(symbol)) return;
    const same = groupsOf(whole).byExpression.get(keyOf(symbol));
    if (!Array.isArray(same)) return;
    const [first] = same;
    if (first === undefined || nameKey(first.name) === nameKey(symbol.name) || !same.some((it) => nameKey(it.name) === nameKey(symbol.name))) return;
    if (!ctx.isSound || ctx.bound.findings.some((it) => it.severity === 'error')) return;
    const { uri, span } = whole.placeOf(first);
    report('default', { other: `[${first.name}]` }, item.nameSpan, { related: [{ uri, span, message: `[${first.name}]` }] });
  },
});

/** Constants and single references say nothing. */
const isTrivial = ({ body }: MeasureSymbol): boolean => {
  const it = unwrap(body);
  return it.kind !== 'call' && it.kind !== 'binary' && it.kind !== 'var' || it.kind === 'call' && it.args.length === 0;
};

/** By the body, which stays the same when its definition only moves. */
const known = new WeakMap<MeasureSymbol['body'], string>();
/** One definition, or several of one expression: nearly all stand alone. */
type Same = MeasureSymbol | MeasureSymbol[];

interface Groups {
  readonly byExpression: ReadonlyMap<string, Same>;
  /** Definitions that are not alone. */
  readonly shared: ReadonlySet<MeasureSymbol>;
}

const groups = new WeakMap<ModelWhole['metrics'], Groups>();

function keyOf(symbol: MeasureSymbol): string {
  let key = known.get(symbol.body);
  if (key === undefined) known.set(symbol.body, (key = canonicalExpression(symbol.body)));
  return key;
}

/** The definitions of the model by their expression, in order of files. */
function groupsOf({ metrics }: ModelWhole): Groups {
  let found = groups.get(metrics);
  if (found === undefined) {
    const byExpression = new Map<string, Same>();
    const shared = new Set<MeasureSymbol>();
    for (const it of metrics) {
      const key = keyOf(it);
      const same = byExpression.get(key);
      if (same === undefined) byExpression.set(key, it);
      else {
        const all = Array.isArray(same) ? same : [same];
        all.push(it);
        byExpression.set(key, all);
        shared.add(it);
        if (all.length === 2 && all[0] !== undefined) shared.add(all[0]);
      }
    }
    groups.set(metrics, (found = { byExpression, shared }));
  }
  return found;
}
