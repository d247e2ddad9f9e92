/** A finding: one thing that is wrong at one place, with a way out where one is certain. */
import type { Span } from '../base/spans.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
export type Category =
  | 'syntax' | 'reference' | 'type' | 'code' | 'filter' | 'metric' | 'documentation' | 'style' | 'model' | 'expectation';

export interface TextEdit {
  /** The file the edit goes to; absent: the file of the finding. */
  readonly uri?: string;
  readonly span: Span;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one repair an editor may offer first. */
  readonly preferred?: boolean;
}

export interface RelatedPlace {
  readonly uri?: string;
  readonly span: Span;
  readonly message: string;
}

export interface Finding {
  /** Rule id, the key of the registry: `unknown-column`. */
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  /** Offsets in the text the finding was made for; `workspace` maps them to the document. */
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  readonly tag?: 'unnecessary' | 'deprecated';
}
