/** A choice code's hover: what it means in this column, and what the same digits mean in others. */
import type { CodeUse } from '../../analysis/bound.ts';
import { nameKey, type Model } from '../../model/model.ts';
import type { Reading } from '../../workspace/types.ts';
import { columnText } from '../../workspace/queries.ts';
import { asText, table } from '../markdown.ts';

/** Rows of the table of other meanings, and columns in a row; more are counted. */
const mostOthers = 10;
const mostColumns = 4;

export function codeHover(use: CodeUse, reading: Reading): string {
  const column = asText(columnText({ table: use.table.name, column: use.column.name }));
  const head = use.option === undefined
    ? `${asText(use.code)} is no code of ${column}`
    : `${asText(use.code)} is **${asText(use.option.label)}** in ${column}${use.option.deprecated ? ', deprecated' : ''}`;
  const choice = `Choice ${asText(use.choice.name)}${use.choice.deprecated ? ', deprecated' : ''}`;
  const others = reading.model === undefined ? [] : otherMeanings(reading.model.model, use);
  if (others.length === 0) return `${head}\n\n${choice}`;
  const rows = others.slice(0, mostOthers).map((it) => {
    const more = it.columns.length > mostColumns ? ` and ${it.columns.length - mostColumns} more` : '';
    return [asText(it.label), it.columns.slice(0, mostColumns).map(asText).join(', ') + more];
  });
  const rest = others.length > mostOthers ? `\n\nand ${others.length - mostOthers} more` : '';
  return `${head}\n\n${choice}\n\n${table(['The same code is', 'in'], rows)}${rest}`;
}

interface Meaning {
  readonly label: string;
  /** Columns in which the code means this. */
  readonly columns: string[];
}

/** What the code means in the columns that have another choice. */
function otherMeanings(model: Model, use: CodeUse): readonly Meaning[] {
  const found = new Map<string, Meaning>();
  for (const it of model.tables.values()) {
    for (const column of it.columns.values()) {
      if (column.choice === undefined || nameKey(column.choice) === nameKey(use.choice.name)) continue;
      const label = model.choices.get(nameKey(column.choice))?.options.get(use.code)?.label;
      if (label === undefined) continue;
      const meaning = found.get(label) ?? { label, columns: [] };
      found.set(label, meaning);
      meaning.columns.push(columnText({ table: it.name, column: column.name }));
    }
  }
  return [...found.values()];
}
