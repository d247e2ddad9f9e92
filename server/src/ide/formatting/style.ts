/** How DAX is laid out: the settings, and what the function table says about arguments that belong together. */
import type { LayoutOptions } from '../../../../grammar/src/index.ts';
import { functionNamed } from '../../functions/index.ts';
import type { ParameterSpec } from '../../functions/spec.ts';
import { readDirective, type DirectiveWord } from '../../lint/index.ts';

/** Settings of the layout, whoever asks for it. */
export interface FormatSettings {
  /** Columns that a line may have. */
  readonly maxWidth: number;
  /** `long`: what fits stays on a line. `short`: a call with several arguments, one of them a call, is broken. */
  readonly lineStyle: 'long' | 'short';
  /** Blanks around brackets: `SUM ( T[c] )`, `SUM( T[c] )` or `SUM(T[c])`. */
  readonly parentheses: 'spaced' | 'padded' | 'compact';
  /** Functions and keywords in capitals. */
  readonly upperCase: boolean;
}

export const defaultFormat: FormatSettings = { maxWidth: 100, lineStyle: 'long', parentheses: 'spaced', upperCase: true };

/** What the editor says of indentation. */
export interface Indentation {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

export const defaultIndentation: Indentation = { tabSize: 4, insertSpaces: true };

export function layoutOptions({ maxWidth, lineStyle, parentheses, upperCase }: FormatSettings, { tabSize, insertSpaces }: Indentation): LayoutOptions {
  return {
    maxWidth, lineStyle, brackets: parentheses, upperCase, tabSize,
    indent: insertSpaces ? ' '.repeat(tabSize) : '\t',
    isFunction: (name) => functionNamed(name) !== undefined,
    functionSpelling: (name) => functionNamed(name)?.name,
    pairs: pairsOf,
    boundLine,
  };
}

/** Suppressions and judgements of mutants count for one line. */
const directives: readonly DirectiveWord[] = ['dax-metrics-disable', 'dax-metrics-mutant-ok'];

function boundLine(comment: string): 'line' | 'next-line' | undefined {
  for (const word of directives) {
    const scope = readDirective(comment, (offset) => offset, word)?.scope;
    if (scope === 'line' || scope === 'next-line') return scope;
  }
  return undefined;
}

/** A name with its value, a code with its result, a key with its order: what the table repeats by twos. */
function pairsOf(name: string): number | 'names' | undefined {
  const parameters = functionNamed(name)?.parameters ?? [];
  const named = parameters.findIndex((it) => it.kind === 'name');
  const value = parameters[named + 1];
  if (named >= 0 && value !== undefined && isValue(value)) return 'names';
  const repeated = parameters.filter((it) => it.repeating).length;
  return repeated === 2 ? parameters.length - 2 : undefined;
}

const isValue = ({ kind }: ParameterSpec): boolean => kind === 'scalar' || kind === 'any' || kind === 'word';
