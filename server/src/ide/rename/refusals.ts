/** Why a name keeps what it is called, in words for the person who asked. */
import { assertNever } from '../../base/assertNever.ts';

export type Refusal =
  | { readonly why: 'nothing' }
  | { readonly why: 'unknown'; readonly name: string }
  | { readonly why: 'language'; readonly name: string }
  | { readonly why: 'code' }
  | { readonly why: 'data-column'; readonly column: string }
  | { readonly why: 'given-column'; readonly column: string }
  | { readonly why: 'broken-file'; readonly file: string }
  | { readonly why: 'empty' }
  | { readonly why: 'line-break' }
  | { readonly why: 'too-long'; readonly limit: number }
  | { readonly why: 'no-header'; readonly name: string }
  | { readonly why: 'no-word'; readonly name: string; readonly what: 'variable' | 'function' }
  | { readonly why: 'own-function'; readonly name: string }
  | { readonly why: 'table-name'; readonly name: string }
  | { readonly why: 'taken'; readonly what: string; readonly name: string }
  | { readonly why: 'unwritable'; readonly name: string; readonly file: string }
  | { readonly why: 'changes'; readonly text: string; readonly file: string; readonly line: number };

export function refusalText(it: Refusal): string {
  switch (it.why) {
    case 'nothing': return 'There is no name here that could be changed.';
    case 'unknown': return `${it.name} is not known, so there is no definition to rename.`;
    case 'language': return `${it.name} is a name of the language.`;
    case 'code': return 'A code is what the data hold; its label is written in the model file.';
    case 'data-column': return `${it.column} is named by the data file that its table is read from.`;
    case 'given-column': return `${it.column} is named by an expression that writes no name for it.`;
    case 'broken-file': return `${it.file} has a syntax error, so what it names is not certain.`;
    case 'empty': return 'A name is needed.';
    case 'line-break': return 'A name has no line breaks and no control characters.';
    case 'too-long': return `A name has at most ${String(it.limit)} characters.`;
    case 'no-header': return `${it.name} would not be read as the name of a definition.`;
    case 'no-word':
      return it.what === 'variable'
        ? `${it.name} cannot name a variable or a parameter: letters, digits and underscores, no digit first, and no word of DAX.`
        : `${it.name} cannot name a function: letters, digits, underscores and points, no digit first, and no word of DAX.`;
    case 'own-function': return `${it.name} is a function of DAX.`;
    case 'table-name': return `${it.name} is the name of a table, which a variable cannot have.`;
    case 'taken': return `There is ${it.what} ${it.name} already.`;
    case 'unwritable': return `${it.name} cannot be written in ${it.file}.`;
    case 'changes': return `${it.text} in ${it.file}, line ${String(it.line)}, would then mean something else.`;
    default: return assertNever(it);
  }
}
