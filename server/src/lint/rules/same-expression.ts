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
  definition(ctx, report) {
    const { symbol, whole, segment } = ctx;
    const { item } = segment;
    if (item.kind !== 'measure' || ctx.place !== 'file' || isTrivial(symbol)) return;
    const same = byExpression(whole).get(keyOf(symbol)) ?? [];
    const first = same[0];
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
const groups = new WeakMap<ModelWhole['definitions'], ReadonlyMap<string, readonly MeasureSymbol[]>>();

function keyOf(symbol: MeasureSymbol): string {
  let key = known.get(symbol.body);
  if (key === undefined) known.set(symbol.body, (key = canonicalExpression(symbol.body)));
  return key;
}

/** The definitions of the model by their expression, in order of files. */
function byExpression({ definitions }: ModelWhole): ReadonlyMap<string, readonly MeasureSymbol[]> {
  let found = groups.get(definitions);
  if (found === undefined) {
    const made = new Map<string, MeasureSymbol[]>();
    for (const symbols of definitions.values()) {
      for (const it of symbols) {
        const same = made.get(keyOf(it));
        if (same === undefined) made.set(keyOf(it), [it]);
        else same.push(it);
      }
    }
    groups.set(definitions, (found = made));
  }
  return found;
}
