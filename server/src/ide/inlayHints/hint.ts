/** A hint in the text, whatever it tells. */

export interface InlayHint {
  /** Offset in the document. */
  readonly offset: number;
  /** Plain text, one line. */
  readonly label: string;
  /** Markdown; the reason when there is no value. */
  readonly tooltip: string | undefined;
  readonly kind: 'value' | 'variable' | 'codeLabel';
}
