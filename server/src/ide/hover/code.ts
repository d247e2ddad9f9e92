/** A choice code's hover: what it means in this column, and what the same digits mean in others. */
import type { CodeUse } from '../../analysis/bound.ts';
import { nameKey, type Model } from '../../model/model.ts';
import type { Reading } from '../../workspace/types.ts';
import { columnText } from '../../workspace/queries.ts';
import { asText, table } from '../markdown.ts';

/** Rows of the table of other meanings; more are counted. */
const mostOthers = 10;

export function codeHover(use: CodeUse, reading: Reading): string {
  const column = asText(columnText({ table: use.table.name, column: use.column.name }));
  const head = use.option === undefined
    ? `${asText(use.code)} is no code of ${column}`
    : `${asText(use.code)} is **${asText(use.option.label)}** in ${column}${use.option.deprecated ? ', deprecated' : ''}`;
  const source = use.choice.source === undefined ? '' : ` (${asText(use.choice.source)})`;
  const choice = `Choice ${asText(use.choice.name)}${source}${use.choice.deprecated ? ', deprecated' : ''}`;
  const others = reading.model === undefined ? [] : otherMeanings(reading.model.model, use);
  if (others.length === 0) return `${head}\n\n${choice}`;
  const rows = others.slice(0, mostOthers).map((it) => [asText(it.column), asText(it.label)]);
  const rest = others.length > mostOthers ? `\n\nand ${others.length - mostOthers} more` : '';
  return `${head}\n\n${choice}\n\n${table(['The same code elsewhere', 'is'], rows)}${rest}`;
}

/** Columns of another choice that has the same code. */
function otherMeanings(model: Model, use: CodeUse): readonly { readonly column: string; readonly label: string }[] {
  const found: { column: string; label: string }[] = [];
  for (const it of model.tables.values()) {
    for (const column of it.columns.values()) {
      if (column.choice === undefined || nameKey(column.choice) === nameKey(use.choice.name)) continue;
      const option = model.choices.get(nameKey(column.choice))?.options.get(use.code);
      if (option !== undefined) found.push({ column: columnText({ table: it.name, column: column.name }), label: option.label });
    }
  }
  return found;
}
