// What an editor can ask of the language: one interface in offsets and plain records, which `lsp` translates.
import type { Span } from '../base/spans.ts';

/** Polled by long work; a cancelled answer is thrown away. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

/** A text that an editor holds open; it beats the one on disk. */
export interface OpenText {
  readonly uri: string;
  /** The editor's name of the language: `dax`, `markdown`, `yaml`, ... */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

export interface HoverRecord {
  /** Untrusted Markdown: no HTML, no command links. */
  readonly markdown: string;
  readonly span: Span;
}

export interface LanguageService {
  open(document: OpenText): void;
  change(document: OpenText): void;
  close(uri: string): void;
  /** Resolves when nothing that was asked for is still being read, checked or evaluated. */
  settled(): Promise<void>;
  hover(uri: string, offset: number, cancellation: Cancellation): Promise<HoverRecord | undefined>;
}
