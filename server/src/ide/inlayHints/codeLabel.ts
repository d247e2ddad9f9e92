/** The label after each choice code: what 192350001 means in the column that it meets. */
import type { Span } from '../../base/spans.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ChoiceOption } from '../../model/model.ts';
import type { Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { asPlain, asText } from '../markdown.ts';
import { pageCodesOf } from '../pageCodes.ts';
import { toDocument } from '../spot.ts';
import type { InlayHint } from './hint.ts';

const longestLabel = 40;

/** The label after each code in the elements of a page, unless one is written there. */
export async function pageLabelHints(workspace: Workspace, uri: string, visible: Span): Promise<readonly InlayHint[]> {
  return (await pageCodesOf(workspace, uri)).flatMap(({ span, option, isLabelled, attribute }): readonly InlayHint[] =>
    option === undefined || isLabelled || span.end < visible.start || span.end > visible.end ? [] : [{
      offset: span.end, label: asPlain(option.label, longestLabel), tooltip: told(option, attribute), kind: 'codeLabel',
    }]);
}

const told = (option: ChoiceOption, where: string): string => `${asText(option.label)} in ${asText(where)}${option.deprecated ? ', deprecated' : ''}`;

/**
 * @param visible the part of the document that the editor shows
 */
export function codeLabelHints(document: WorkspaceDocument, visible: Span): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const region of document.regions) {
    if (region.region.span.end < visible.start || region.region.span.start > visible.end) continue;
    for (const segment of region.segments) {
      // Where a text belongs to several models, a code may have a label in each; equal ones are shown once.
      const labels = new Map<number, { readonly label: Set<string>; readonly tooltip: Set<string> }>();
      for (const code of segment.readings.flatMap((it) => it.bound.codes)) {
        if (code.option === undefined) continue;
        const offset = toDocument(region, segment.segment, code.span).end;
        if (offset < visible.start || offset > visible.end) continue;
        const at = labels.get(offset) ?? { label: new Set<string>(), tooltip: new Set<string>() };
        labels.set(offset, at);
        at.label.add(asPlain(code.option.label, longestLabel));
        at.tooltip.add(told(code.option, columnText({ table: code.table.name, column: code.column.name })));
      }
      for (const [offset, { label, tooltip }] of labels) {
        hints.push({ offset, label: [...label].join(' / '), tooltip: [...tooltip].join('\n\n'), kind: 'codeLabel' });
      }
    }
  }
  return hints;
}
