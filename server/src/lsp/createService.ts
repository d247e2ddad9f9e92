// Joins the language service to the session's connection.
import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { LanguageService, OpenText } from '../ide/service.ts';

/** Signature and first line of the functions that a hover explains. */
const functions = new Map([
  ['CALCULATE', 'CALCULATE(Expression, Filter, ...) evaluates an expression in a filter context that the filters change.'],
  ['DISTINCTCOUNT', 'DISTINCTCOUNT(Column) counts the different values of a column, BLANK included.'],
  ['DIVIDE', 'DIVIDE(Numerator, Denominator, AlternateResult) divides, and gives the alternate result, or BLANK, for a division by zero.'],
  ['SUM', 'SUM(Column) adds up the numbers of a column.'],
]);

export function createLanguageService(_connection: Connection, _params: InitializeParams): LanguageService {
  const texts = new Map<string, OpenText>();
  const keep = (it: OpenText): void => void texts.set(it.uri, it);
  return {
    open: keep,
    change: keep,
    close: (uri) => void texts.delete(uri),
    settled: () => Promise.resolve(),
    hover: (uri, offset) => {
      const document = texts.get(uri);
      if (document?.languageId !== 'dax') return Promise.resolve(undefined);
      const start = offset - (/[\w.]*$/.exec(document.text.slice(0, offset))?.[0].length ?? 0);
      const name = /^[\w.]*/.exec(document.text.slice(start))?.[0] ?? '';
      const markdown = functions.get(name.toUpperCase());
      return Promise.resolve(markdown === undefined ? undefined : { markdown, span: { start, end: start + name.length } });
    },
  };
}
