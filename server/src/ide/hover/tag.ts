/** Hovers in doc comments: what a tag says, and how a format writes numbers. */
import type { DocComment, Item } from '../../../../grammar/src/tree.ts';
import { touches } from '../../base/spans.ts';
import { expectations } from '../../expect/index.ts';
import { tagsOf } from '../../expect/tags.ts';
import type { Spot } from '../../workspace/types.ts';
import { asText, table } from '../markdown.ts';
import { cellShown, type Style } from '../shown.ts';
import { tags } from '../tags.ts';
import type { Hover } from './hover.ts';

/** What a format is tried on. */
const samples = [1234.567, -1234.567, 0.0681, 0];
/** 31 December 2025, half past one in the afternoon. */
const sampleDate = 46_022.5625;

export function tagHover({ segment, offset, document }: Spot): Hover | undefined {
  const docs = docsOf(segment.segment.item).find((it) => touches({ start: it.span.start, end: it.lines.at(-1)?.span.end ?? it.span.end }, offset));
  if (docs === undefined) return undefined;
  const named = tagsOf(docs).tags.find((it) => touches(it.nameSpan, offset));
  const info = tags.find((it) => it.name === named?.name);
  if (named !== undefined && info !== undefined) return { markdown: info.docs, span: named.nameSpan };
  const { format, formatSpan } = expectations(docs);
  if (format === undefined || formatSpan === undefined || !touches(formatSpan, offset)) return undefined;
  const culture = segment.readings.find((it) => it.model !== undefined)?.model?.project.culture ?? document.project.culture;
  return { markdown: formatHover({ format, culture }), span: formatSpan };
}

function formatHover(style: Style): string {
  const plain: Style = { ...style, format: undefined };
  const numbers = samples.map((it) => [asText(String(it)), asText(cellShown(it, 'double', style).text)]);
  const date = [asText(cellShown(sampleDate, 'dateTime', plain).text), asText(cellShown(sampleDate, 'dateTime', style).text)];
  const isOfDates = /[ymdhs]{2}|date|time/i.test(style.format ?? '');
  return table(['Value', 'Written as'], isOfDates ? [date] : numbers, 0);
}

function docsOf(item: Item): readonly DocComment[] {
  if (item.kind === 'prose') return [];
  const own = item.docs === undefined ? [] : [item.docs];
  return item.kind === 'query' ? [...own, ...item.definitions.flatMap((it) => it.docs ?? [])] : own;
}
