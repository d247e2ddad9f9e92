/** Hovers of functions, parameters, tables and columns that text defines: the documentation and the text. */
import type { Definition } from '../../../../grammar/src/tree.ts';
import type { Defined, DefinedColumn, DefinedFunction, DefinedTable, Target } from '../../analysis/bound.ts';
import { columnText } from '../../workspace/queries.ts';
import { asText, daxBlock, renderDocs } from '../markdown.ts';
import { definedSignature } from '../signature.ts';

/** Characters of a definition that are shown. */
const longestDefinition = 1_000;

export function definedFunctionHover(it: DefinedFunction): string {
  const { parameters } = definedSignature(it);
  const said = it.definition.parameters.flatMap(({ name }, i) => {
    const docs = parameters[i]?.docs ?? '';
    return docs === '' ? [] : [`- ${asText(name)} ${asText(docs)}`];
  });
  return joined([`Function ${asText(it.name)}`, renderDocs(it.definition.docs), said.join('\n'), definitionText(it)]);
}

export const definedTableHover = (it: DefinedTable): string =>
  joined([`Table ${asText(it.name)}, calculated`, renderDocs(it.definition.docs), definitionText(it)]);

export const definedColumnHover = (it: DefinedColumn): string =>
  joined([
    `Column ${asText(columnText({ table: it.definition.table.text, column: it.name }))}, calculated`, renderDocs(it.definition.docs), definitionText(it),
  ]);

/** @param text of the segment that defines the function */
export const parameterHover = ({ name, parameter }: Extract<Target, { kind: 'parameter' }>, text: string): string =>
  `Parameter ${asText(name)}\n\n${daxBlock(cut(text.slice(parameter.span.start, parameter.span.end)))}`;

const definitionText = ({ segment, definition }: Defined<Definition>): string =>
  daxBlock(cut(segment.text.slice(definition.span.start, definition.span.end)));

const cut = (text: string): string => (text.length > longestDefinition ? `${text.slice(0, longestDefinition)} …` : text);

const joined = (parts: readonly string[]): string => parts.filter((it) => it !== '').join('\n\n');
