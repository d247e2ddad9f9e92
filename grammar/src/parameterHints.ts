/** The hint of a function's parameter: `[type] [subtype] [VAL|EXPR]`, in this order. */
import type { IToken } from 'chevrotain';
import { spanOf, type Report } from './problems.ts';
import type { FunctionParameter, HintWord, ParameterSubtype, ParameterType, PassingMode } from './tree.ts';

const types: ReadonlyMap<string, ParameterType> = words('ANYVAL', 'SCALAR', 'TABLE', 'ANYREF', 'CALENDARREF', 'COLUMNREF', 'MEASUREREF', 'TABLEREF');
const subtypes: ReadonlyMap<string, ParameterSubtype> = words('VARIANT', 'INT64', 'DECIMAL', 'DOUBLE', 'STRING', 'DATETIME', 'BOOLEAN', 'NUMERIC');
const modes: ReadonlyMap<string, PassingMode> = words('VAL', 'EXPR');

/** What the words after a parameter's colon say. Of what is wrong with them the first is told. */
export function hintsOf(tokens: readonly IToken[], report: Report): Pick<FunctionParameter, 'type' | 'subtype' | 'passing'> {
  let type: HintWord<ParameterType> | undefined;
  let subtype: HintWord<ParameterSubtype> | undefined;
  let passing: HintWord<PassingMode> | undefined;
  let fault: { readonly token: IToken; readonly expected?: string } | undefined;
  for (const token of tokens) {
    const word = token.image.toUpperCase();
    const [itsType, itsSubtype, itsMode] = [types.get(word), subtypes.get(word), modes.get(word)];
    const span = spanOf(token);
    if (passing !== undefined) fault ??= { token };
    else if (itsMode !== undefined) {
      passing = { value: itsMode, span };
      if (itsMode === 'VAL' && type?.value.endsWith('REF') === true) fault ??= { token, expected: 'EXPR' };
    } else if (subtype !== undefined) fault ??= { token, expected: 'VAL or EXPR' };
    else if (itsSubtype !== undefined) {
      if (type !== undefined && type.value !== 'SCALAR') fault ??= { token, expected: 'VAL or EXPR' };
      else subtype = { value: itsSubtype, span };
    } else if (itsType !== undefined && type === undefined) type = { value: itsType, span };
    else fault ??= { token, expected: type === undefined ? 'a type such as SCALAR, INT64, STRING or TABLE' : 'VAL or EXPR' };
  }
  if (fault !== undefined) report('unexpected-token', spanOf(fault.token), { found: fault.token.image, ...(fault.expected === undefined ? {} : { expected: fault.expected }) });
  return { type, subtype, passing };
}

function words<T extends string>(...all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((it) => [it, it]));
}
