/** A flag that the DAX of a page asks to be TRUE and the page FALSE, or the other way round. */
import type { Expression } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import type { PageReading } from '../context.ts';
import { attributeOf, blocksOf, definitionsOf, leaves, type Leaf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';
import { parentOf, targetAt, visit } from '../tree.ts';

export const flagDrift = defineRule({
  id: 'flag-drift',
  category: 'documentation',
  severity: 'warning',
  help: 'The filters of the page want a flag to be false where the DAX wants it to be TRUE, or the other way round. One of the two counts the wrong rows.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocliveworkitem |\n| Filters | msdyn_ocliveworkitem.msdyn_isagentaccepted <> 1 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[IsAccepted])\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocliveworkitem |\n| Filters | msdyn_ocliveworkitem.msdyn_isagentaccepted <> 1 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), NOT FactSession[IsAccepted])\n```',
  exampleModel: 'dataverse: schema.json',
  messages: { default: (p: { column: string; found: string; name: string; wanted: string }) => `${p.column} must be ${p.found} here; the filters of the page want ${p.name} to be ${p.wanted}.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      const wanted = new Map<string, boolean | 'both'>();
      for (const { leaf, negated, clause } of leaves(it)) {
        const name = attributeOf(it, leaf.subject);
        const value = clause.role === 'filter' ? flagOf(leaf) : undefined;
        if (name === undefined || value === undefined) continue;
        const key = nameKey(`${name.entity}.${name.attribute}`);
        const asked = value !== (negated !== (clause.effect === 'drop'));
        wanted.set(key, wanted.has(key) && wanted.get(key) !== asked ? 'both' : asked);
      }
      if (wanted.size === 0) continue;
      for (const { segment, readings } of definitionsOf(ctx, it)) {
        const [reading] = readings;
        if (reading === undefined) continue;
        for (const use of flagsOf(reading)) {
          const asked = wanted.get(nameKey(use.name));
          if (asked !== undefined && asked !== 'both' && asked !== use.asked) {
            report('default', { column: use.column, found: use.asked ? 'TRUE' : 'FALSE', name: use.name, wanted: asked ? 'true' : 'false' }, segment.toPage(use.span));
          }
        }
      }
    }
  },
});

/** Whether a condition wants a flag to be true: `= 1`, `<> 0`, `is true`. */
function flagOf(leaf: Leaf): boolean | undefined {
  if (leaf.kind !== 'comparison' || (leaf.operator !== '=' && leaf.operator !== '<>')) return undefined;
  const text = leaf.value.text.toLowerCase();
  const value = text === '1' || text === 'true' || text === 'yes' ? true : text === '0' || text === 'false' || text === 'no' ? false : undefined;
  return value === undefined ? undefined : value === (leaf.operator === '=');
}

interface FlagUse {
  readonly column: string;
  readonly name: string;
  readonly asked: boolean;
  readonly span: Expression['span'];
}

/** Boolean columns that stand as conditions which must hold: filter arguments, operands of &&, conditions of IF. */
function flagsOf(ctx: PageReading): readonly FlagUse[] {
  const uses: FlagUse[] = [];
  visit(ctx, (node) => {
    if (node.kind !== 'column') return;
    const target = targetAt(ctx, node.column.span.start);
    if (target?.kind !== 'column' || target.column.type !== 'boolean' || target.column.dataverse === undefined) return;
    const asked = polarity(ctx, node);
    if (asked !== undefined) uses.push({ column: `${target.table.name}[${target.column.name}]`, name: target.column.dataverse, asked, span: node.span });
  });
  return uses;
}

/** TRUE or FALSE where a condition must be so for a row to count; undefined where that cannot be told. */
function polarity(ctx: PageReading, node: Expression): boolean | undefined {
  let asked = true;
  let inner = node;
  for (let hops = 0; hops < 50; hops++) {
    const outer = parentOf(ctx, inner);
    if (outer === undefined) return undefined;
    if (outer.kind === 'unary' && outer.operator === 'NOT') asked = !asked;
    else if (outer.kind === 'binary' && outer.operator === '&&') {
      if (!asked && inner !== node && inner.kind !== 'unary') return undefined;
    } else if (outer.kind === 'call') {
      const name = outer.name.toUpperCase();
      const place = outer.args.indexOf(inner);
      if (name === 'NOT') asked = !asked;
      else if (name === 'IF') return place === 0 && outer.args[1]?.kind === 'number' && outer.args[1].value !== 0 ? asked : undefined;
      else if (name === 'CALCULATE' || name === 'CALCULATETABLE') return place > 0 ? asked : undefined;
      else if (name === 'FILTER') return place === 1 ? asked : undefined;
      else if (name !== 'AND' && name !== 'KEEPFILTERS') return undefined;
    } else if (outer.kind !== 'parenthesized') return undefined;
    inner = outer;
  }
  return undefined;
}
