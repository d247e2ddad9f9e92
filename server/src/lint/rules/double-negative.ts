/** A page that excludes rows that do not meet a condition. */
import { blocksOf, leaves, type Leaf } from '../pages/blocks.ts';
import { defineRule } from '../rule.ts';

export const doubleNegative = defineRule({
  id: 'double-negative',
  category: 'documentation',
  severity: 'warning',
  help: '"Exclude rows where x is not y" keeps y and nothing else, which is often the opposite of what was meant. Say which rows are kept.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | Exclude rows where msdyn_ocsession.msdyn_closurereason isn\'t equal to 192350001 |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | Exclude rows where msdyn_ocsession.msdyn_closurereason is equal to 192350001 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")\n```',
  messages: { default: (p: { name: string }) => `Excluded is what is not so: only the rows with this value of ${p.name} are kept. Say which rows are kept.` },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      for (const { leaf, negated, clause } of leaves(it)) {
        if (clause.effect === 'drop' && isNegative(leaf) !== negated && leaf.kind !== 'null') report('default', { name: leaf.subject.attribute.text }, leaf.span);
      }
    }
  },
});

const isNegative = (leaf: Leaf): boolean => (leaf.kind === 'comparison' ? leaf.operator === '<>' : leaf.negated);
