// What client and server say to each other about values in the text: plain records, types only.

/** As in the Language Server Protocol: lines and UTF-16 columns, counted from zero. */
interface Position {
  readonly line: number;
  readonly character: number;
}

export interface PositionParams {
  readonly uri: string;
  readonly position: Position;
}

/** Answer of `daxMetrics/toggleVariables`: null where the metric at the place has no variables. */
export type VariablesShown = 'shown' | 'hidden' | null;

/** `daxMetrics/selectionHover`: as `textDocument/hover`, with what is selected around the place. */
export interface SelectionHoverParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  readonly selection: { readonly start: Position; readonly end: Position };
}
