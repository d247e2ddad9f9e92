/** Values in the text: hovers and inlay hints, beside the saved ones, under the filters of the preview. */
import type { Span } from '../../base/spans.ts';
import { canonicalUri } from '../../base/uri.ts';
import { hover, type Hover } from '../hover/hover.ts';
import { codeLabelHints, pageLabelHints } from '../inlayHints/codeLabel.ts';
import type { InlayHint } from '../inlayHints/hint.ts';
import { createValueHints } from '../inlayHints/value.ts';
import { createVariableHints } from '../inlayHints/variable.ts';
import { createSavedMetrics } from '../saved.ts';
import type { Keeping, ServiceContext } from './context.ts';

export interface ValueService {
  /** @param selection what is selected around the offset: where it is an expression, its value is told */
  hover(uri: string, offset: number, selection?: Span): Promise<Hover | undefined>;
  /** Hints of the visible part. Late values are told by `onLateValues`. */
  inlayHints(uri: string, visible: Span): Promise<readonly InlayHint[]>;
  /** Shows or hides the values of the variables of the metric at an offset; undefined where there are none. */
  toggleVariables(uri: string, offset: number): Promise<'shown' | 'hidden' | undefined>;
}

export interface KeepingValues extends Keeping<ValueService> {
  /** A text was written to the disk: what is saved and what is not are the same again. */
  textSaved(): void;
  /** Files on disk are others than before. */
  filesChanged(): void;
  forget(uri: string): void;
}

/** @param onLate is told when hints are others than those handed out */
export function createValues({ workspace, settings, preview, patience, tracked }: ServiceContext, onLate: () => void): KeepingValues {
  const valueHints = createValueHints(workspace, preview);
  const variableHints = createVariableHints(workspace, preview);
  const saved = createSavedMetrics(workspace);
  const invalidate = (): void => {
    valueHints.invalidate();
    variableHints.invalidate();
  };

  const hints = async (uri: string, visible: Span): Promise<readonly InlayHint[]> => {
    const document = await workspace().document(uri);
    if (document === undefined || document.regions.length === 0) return [];
    const { values, variables, codeLabels } = await settings(uri);
    const found: InlayHint[] = [];
    const waiting = { patience, onLate };
    const isVisible = (it: InlayHint): boolean => visible.start <= it.offset && it.offset <= visible.end;
    if (values.enabled) {
      found.push(...(await valueHints.hints(document, waiting, values.compareWithSaved ? saved : undefined)).filter(isVisible));
    }
    found.push(...(await variableHints.hints(document, variables.enabled, waiting)).filter(isVisible));
    if (codeLabels.enabled) found.push(...codeLabelHints(document, visible), ...(await pageLabelHints(workspace(), uri, visible)));
    return found;
  };

  return {
    service: {
      hover: (uri, offset, selection) => tracked(settings(uri).then((its) => {
        const ctx = { workspace: workspace(), settings: its, preview, ...(its.values.compareWithSaved ? { saved } : {}), patience, background: (it: Promise<unknown>) => void tracked(it) };
        return hover(ctx, uri, offset, selection);
      })),
      inlayHints: (uri, visible) => tracked(hints(uri, visible)),
      async toggleVariables(uri, offset) {
        const document = await workspace().document(uri);
        const now = document === undefined ? undefined : variableHints.toggle(document, offset);
        if (now !== undefined) onLate();
        return now;
      },
    },
    invalidate,
    textSaved: () => valueHints.invalidate(),
    filesChanged() {
      invalidate();
      saved.invalidate();
    },
    forget(uri) {
      for (const it of [valueHints, variableHints]) it.forget(canonicalUri(uri));
    },
    computing: () => [valueHints, variableHints].flatMap((it) => it.computing()),
  };
}
