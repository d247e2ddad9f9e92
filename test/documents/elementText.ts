/** Page elements written short, for expectations. */
import type { Clause, Condition, Literal, Reference } from '../../server/src/documents/index.ts';

export const referenceText = (it: Reference): string => (it.entity === undefined ? '' : `${it.entity.text}.`) + it.attribute.text;

export const literalText = (it: Literal): string => (it.quote === 'none' ? it.text : `'${it.text}'`);

export function clauseText(it: Clause): string {
  const role = it.role === 'filter' ? '' : `${it.role}(${it.lead.text}) `;
  const defines = it.defines === undefined ? '' : `[${it.defines.text}] `;
  return `${role}${defines}${it.effect === undefined ? '' : `${it.effect} `}${conditionText(it.condition)}${it.notes.map((note) => ` note(${note.text})`).join('')}`;
}

function conditionText(it: Condition): string {
  switch (it.kind) {
    case 'and': case 'or': return `(${it.parts.map(conditionText).join(` ${it.kind} `)})`;
    case 'not': return `not ${conditionText(it.part)}`;
    case 'prose': return `<${it.text}>`;
    case 'null': return `${referenceText(it.subject)} ${it.negated ? 'not null' : 'null'}`;
    case 'comparison': return `${referenceText(it.subject)} ${it.operator} ${literalText(it.value)}`;
    case 'contains': return `${referenceText(it.subject)} ${it.negated ? 'not ' : ''}contains ${literalText(it.value)}`;
    case 'in': return `${referenceText(it.subject)} ${it.negated ? 'not ' : ''}in ${it.values.map(literalText).join(', ')}`;
    case 'between': return `${referenceText(it.subject)} ${it.negated ? 'not ' : ''}between ${literalText(it.low)} and ${literalText(it.high)}`;
  }
}
