/** Filters of a page that its DAX does not hold, and codes of the DAX that the page does not name. */
import { nameKey } from '../../model/model.ts';
import { attributeOf, blocksOf, definitionsOf, elementsOf, leaves } from '../pages/blocks.ts';
import { pageCodes } from '../pages/codes.ts';
import { keepsAll } from '../pages/keepsAll.ts';
import { readsOf } from '../pages/reads.ts';
import { defineRule } from '../rule.ts';

export const filtersDrift = defineRule({
  id: 'filters-drift',
  category: 'documentation',
  severity: 'warning',
  help: 'The filters of the page name a code of an attribute that the DAX does not read, although the model says which column stands for it, or they leave out a code that the DAX filters by. Page and definition have drifted apart.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | msdyn_ocsession.msdyn_closurereason = 192350001 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360000)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Filters | msdyn_ocsession.msdyn_closurereason = 192350001 |\n\n```dax\nM = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")\n```',
  exampleModel: 'dataverse: schema.json',
  messages: {
    attribute: (p: { name: string }) => `The DAX of this metric does not read ${p.name}.`,
    page: (p: { code: string; label: string; name: string }) => `The filters of the page do not name ${p.name} = ${p.code} (${p.label}).`,
    code: (p: { code: string; name: string }) => `The DAX of this metric has no ${p.code} for ${p.name}.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      if (elementsOf(it, 'filters').length === 0) continue;
      const reads = readsOf(ctx, it);
      if (reads === undefined || !reads.isWhole) continue;
      const told = new Set<string>();
      for (const { leaf, clause } of leaves(it)) {
        const name = attributeOf(it, leaf.subject);
        // Only what a column of the model stands for can be in the DAX; what is dropped may be dropped before.
        if (name === undefined || clause.role !== 'filter' || clause.effect === 'drop' || leaf.kind === 'null' || it.schema.columns(name.entity, name.attribute).length === 0) continue;
        const full = `${name.entity}.${name.attribute}`;
        if (reads.attributes.has(nameKey(full)) || told.has(nameKey(full)) || keepsAll(it, leaf)) continue;
        told.add(nameKey(full));
        report('attribute', { name: full }, leaf.span);
      }
      const named = new Set<string>();
      for (const { leaf, literal, name, verdict, clause } of pageCodes(it)) {
        const full = `${name.entity}.${name.attribute}`;
        if (verdict.kind !== 'known' && verdict.kind !== 'label') continue;
        named.add(`${nameKey(full)} ${String(verdict.option.value)}`);
        const isAsked = verdict.kind === 'known' && clause.role !== 'case' && clause.effect !== 'drop' && leaf.kind === 'comparison' && leaf.operator === '=';
        if (isAsked && reads.attributes.has(nameKey(full)) && !reads.codes.has(`${nameKey(full)} ${String(verdict.option.value)}`)) report('code', { code: literal.text, name: full }, literal.span);
      }
      if (!elementsOf(it, 'filters').some((element) => element.state === 'filled')) continue;
      for (const { segment, readings } of definitionsOf(ctx, it)) {
        for (const { option, column, span, how } of readings[0]?.bound.codes ?? []) {
          if (option === undefined || how !== 'equal' || column.dataverse === undefined) continue;
          const key = `${nameKey(column.dataverse)} ${String(option.value)}`;
          if (named.has(key)) continue;
          named.add(key);
          report('page', { code: String(option.value), label: option.label, name: column.dataverse }, segment.toPage(span), { severity: 'information' });
        }
      }
    }
  },
});
