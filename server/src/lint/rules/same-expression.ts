/** Two metrics of one model with the same expression. */
import { canonicalExpression, canonicalHash } from '../../../../grammar/src/index.ts';
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
    const same = sameAs(symbol, whole);
    const [first] = same;
    if (first === undefined || same.length < 2 || nameKey(first.name) === nameKey(symbol.name) || !same.some((it) => nameKey(it.name) === nameKey(symbol.name))) return;
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

interface Groups {
  /** Definitions that may have the same expression, in order of files: one, or several. */
  readonly byHash: ReadonlyMap<number, MeasureSymbol | MeasureSymbol[]>;
  /** Definitions that are not alone. */
  readonly shared: ReadonlySet<MeasureSymbol>;
}

const groups = new WeakMap<ModelWhole['metrics'], Groups>();

/** The definitions of the model with the expression of this one. */
function sameAs(symbol: MeasureSymbol, whole: ModelWhole): readonly MeasureSymbol[] {
  const near = groupsOf(whole).byHash.get(hashOf(symbol));
  return Array.isArray(near) ? near.filter((it) => textOf(it) === textOf(symbol)) : [];
}

function groupsOf({ metrics }: ModelWhole): Groups {
  let found = groups.get(metrics);
  if (found === undefined) {
    const byHash = new Map<number, MeasureSymbol | MeasureSymbol[]>();
    for (const it of metrics) {
      const hash = hashOf(it);
      const near = byHash.get(hash);
      if (near === undefined) byHash.set(hash, it);
      else if (Array.isArray(near)) near.push(it);
      else byHash.set(hash, [near, it]);
    }
    const shared = new Set<MeasureSymbol>();
    for (const near of byHash.values()) {
      if (!Array.isArray(near)) continue;
      const firsts = new Map<string, MeasureSymbol>();
      for (const it of near) {
        const first = firsts.get(textOf(it));
        if (first === undefined) firsts.set(textOf(it), it);
        else shared.add(first).add(it);
      }
    }
    groups.set(metrics, (found = { byHash, shared }));
  }
  return found;
}

// By the body, which stays the same when its definition only moves.
const hashes = new WeakMap<MeasureSymbol['body'], number>();
const texts = new WeakMap<MeasureSymbol['body'], string>();

function hashOf({ body }: MeasureSymbol): number {
  let hash = hashes.get(body);
  if (hash === undefined) hashes.set(body, (hash = canonicalHash(body)));
  return hash;
}

/** Asked only where hashes are the same. */
function textOf({ body }: MeasureSymbol): string {
  let text = texts.get(body);
  if (text === undefined) texts.set(body, (text = canonicalExpression(body)));
  return text;
}
