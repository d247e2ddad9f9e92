/** The token types of DAX. Words that are keywords only in their place are retagged from `Identifier` by `words.ts`. */
import { createToken, Lexer, type CustomPatternMatcherReturn, type IToken, type TokenType } from 'chevrotain';
import {
  blockCommentEnd, bracketedNameEnd, carefulStringEnd, hasNewline, isNewline, isSmartDouble, isSmartSingle, quotedNameEnd,
  stringEnd, unclosedEnd,
} from './delimited.ts';

/** What the lexer found wrong with one token. */
export interface Flaw {
  /** `unopened`: the end of a string or of a bracketed name without its beginning. */
  readonly kind: 'unclosed' | 'unopened' | 'broken' | 'smart';
}

const category = (name: string): TokenType => createToken({ name, pattern: Lexer.NA });

/** Tokens that are an operand by themselves. */
export const Atom = category('Atom');
/** A bare or quoted name, contextual words included. */
export const AnyName = category('AnyName');
export const Prefix = category('Prefix');
export const BinaryOperator = category('BinaryOperator');
/** A binary operator that is no prefix operator. */
export const InfixOnly = category('InfixOnly');
/** Tokens that can stand in no expression; skipped where they do. */
export const Misplaced = category('Misplaced');
/** The words of WITH VISUAL SHAPE and its parts. */
export const VisualShape = category('VisualShape');

const identifier =
  /[A-Za-z_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u167f\u1681-\u1fff\u2c00-\u2fef\u3040-\ud7ff\ud800-\udfff\uf900-\ufdff\ufe70-\ufefc\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc][\w\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u167f\u1681-\u1fff\u2c00-\u2fef\u3040-\ud7ff\ud800-\udfff\uf900-\ufdff\ufe70-\ufefc\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc]*(?:\.[\w\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u167f]+)*/;

/** A name without quotes, dots included. */
export const identifierSource = `(?:${identifier.source})`;
const wholeIdentifier = new RegExp(`^${identifierSource}$`);
const reserved: ReadonlySet<string> = new Set(['VAR', 'RETURN', 'IN', 'NOT', 'TRUE', 'FALSE', 'EVALUATE', 'DEFINE']);

/** Whether a name without quotes is read as the same name. */
export function isBareName(name: string): boolean {
  return wholeIdentifier.test(name) && !reserved.has(name.toUpperCase());
}

export const Identifier = createToken({ name: 'Identifier', pattern: identifier, categories: [Atom, AnyName] });

const keyword = (name: string, pattern: RegExp, categories: TokenType[] = []): TokenType =>
  createToken({ name, pattern, longer_alt: Identifier, categories });

export const Var = keyword('Var', /var/i);
export const Return = keyword('Return', /return/i);
export const In = keyword('In', /in/i, [BinaryOperator, InfixOnly]);
export const Not = keyword('Not', /not/i, [Prefix]);
export const True = keyword('True', /true/i, [Atom]);
export const False = keyword('False', /false/i, [Atom]);
export const EvaluateWord = keyword('Evaluate', /evaluate/i);
export const DefineWord = keyword('Define', /define/i);

/** Words that `words.ts` finds in their place. */
const contextual = (name: string, categories: TokenType[] = []): TokenType => createToken({ name, pattern: Lexer.NA, categories });
export const MeasureWord = contextual('Measure');
export const ColumnWord = contextual('Column');
export const TableWord = contextual('Table');
export const FunctionWord = contextual('Function');
/** A VAR that begins a definition of a query, not a block. */
export const QueryVar = contextual('QueryVar');
export const ParameterWord = contextual('MParameter');
export const OrderWord = contextual('Order');
export const ByWord = contextual('By');
export const StartWord = contextual('Start');
export const AtWord = contextual('At');
export const Direction = contextual('Direction', [Misplaced]);
/** A word behind the colon of a parameter: its type, subtype or passing mode. */
export const Hint = contextual('Hint', [Misplaced]);
export const WithWord = contextual('With', [VisualShape]);
export const VisualWord = contextual('Visual', [VisualShape]);
export const ShapeWord = contextual('Shape', [VisualShape]);
export const AxisWord = contextual('Axis', [VisualShape]);
export const GroupWord = contextual('Group', [VisualShape]);
export const TotalWord = contextual('Total', [VisualShape]);
export const DensifyWord = contextual('Densify', [VisualShape]);
/** A name before an opening bracket. */
export const FunctionName = contextual('FunctionName');
/** A name before a bracketed name. */
export const TableName = contextual('TableName');

/** A custom pattern: `read` gives the end of the token at an offset, and its flaw if it has one. */
function reader(read: (text: string, start: number, before: IToken | undefined) => { readonly end: number; readonly flaw?: Flaw } | undefined) {
  return (text: string, start: number, tokens: IToken[]): CustomPatternMatcherReturn | null => {
    const found = read(text, start, tokens.at(-1));
    if (found === undefined) return null;
    const result: CustomPatternMatcherReturn = [text.slice(start, found.end)];
    if (found.flaw !== undefined) result.payload = found.flaw;
    return result;
  };
}

function delimited(open: string, endOf: (text: string, start: number) => number) {
  return reader((text, start) => {
    if (text.charAt(start) !== open) return undefined;
    const end = endOf(text, start);
    if (end >= 0) return { end };
    const stop = unclosedEnd(text, start);
    const last = text.charAt(stop - 1);
    const smart = stop > start + 1 && (open === '"' ? isSmartDouble(last) : open === "'" && isSmartSingle(last));
    return { end: stop, flaw: { kind: smart ? 'smart' : 'unclosed' } };
  });
}

/** `“a”`: opened by a typographic quote and closed on the same line by any quote of its family. */
function typographic(family: (char: string) => boolean, plain: string) {
  return reader((text, start) => {
    if (!family(text.charAt(start))) return undefined;
    for (let at = start + 1; at < text.length && !isNewline(text.charCodeAt(at)); at++) {
      const char = text.charAt(at);
      if (char === plain || family(char)) return { end: at + 1, flaw: { kind: 'smart' } };
    }
    return undefined;
  });
}

const smartDoubleStarts = [...'“”„‟″＂'];
const smartSingleStarts = [...'‘’‚‛′＇'];

export const StringText = createToken({
  name: 'String', pattern: delimited('"', stringEnd), line_breaks: true, start_chars_hint: ['"'], categories: [Atom],
});
/** A string of text in which quotes do not pair up. */
export const CarefulString = createToken({
  name: 'CarefulString',
  pattern: reader((text, start, before) => {
    if (text.charAt(start) !== '"') return undefined;
    // No string begins directly after a value.
    const follows = before !== undefined && before.startOffset + before.image.length === start;
    if (follows && before.tokenType.CATEGORIES?.includes(Atom) === true) return { end: start + 1, flaw: { kind: 'unopened' } };
    const { end, closed } = carefulStringEnd(text, start);
    return closed === 'plain' ? { end } : { end, flaw: { kind: closed === 'smart' ? 'smart' : 'unclosed' } };
  }),
  line_breaks: true, start_chars_hint: ['"'], categories: [Atom, StringText],
});
export const SmartString = createToken({
  name: 'SmartString', pattern: typographic(isSmartDouble, '"'), line_breaks: false, start_chars_hint: smartDoubleStarts,
  categories: [Atom, StringText],
});
export const QuotedName = createToken({
  name: 'QuotedName', pattern: delimited("'", quotedNameEnd), line_breaks: false, start_chars_hint: ["'"],
  categories: [Atom, AnyName],
});
export const SmartName = createToken({
  name: 'SmartName', pattern: typographic(isSmartSingle, "'"), line_breaks: false, start_chars_hint: smartSingleStarts,
  categories: [Atom, AnyName, QuotedName],
});
/** “ ” „ ‟ ″ ＂ ‘ ’ ‚ ‛ ′ ＇, which word processors put in the place of quotes. */
export const SmartQuote = createToken({
  name: 'SmartQuote', pattern: /[\u201C\u201D\u201E\u201F\u2033\uFF02\u2018\u2019\u201A\u201B\u2032\uFF07]/, categories: [Misplaced],
});
export const BracketedName = createToken({
  name: 'BracketedName',
  pattern: reader((text, start) => {
    if (text.charAt(start) !== '[') return undefined;
    const end = bracketedNameEnd(text, start);
    if (end < 0) return { end: unclosedEnd(text, start), flaw: { kind: 'unclosed' } };
    return hasNewline(text, start, end) ? { end, flaw: { kind: 'broken' } } : { end };
  }),
  line_breaks: true, start_chars_hint: ['['], categories: [Atom],
});
export const DateText = createToken({ name: 'Date', pattern: /dt"[^"\r\n]*"/i, categories: [Atom] });
export const NumberText = createToken({ name: 'Number', pattern: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/, categories: [Atom] });
export const Parameter = createToken({ name: 'Parameter', pattern: /@[A-Za-z_]\w*/, categories: [Atom] });

const binary = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: [BinaryOperator, InfixOnly] });
const sign = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: [BinaryOperator, Prefix] });
const misplaced = (name: string, pattern: RegExp): TokenType => createToken({ name, pattern, categories: [Misplaced] });

export const StrictEqual = binary('StrictEqual', /==/);
export const Arrow = misplaced('Arrow', /=>/);
export const Equal = binary('Equal', /=/);
export const NotEqual = binary('NotEqual', /<>/);
export const LessEqual = binary('LessEqual', /<=/);
export const Less = binary('Less', /</);
export const GreaterEqual = binary('GreaterEqual', />=/);
export const Greater = binary('Greater', />/);
/** `!=` is no operator of DAX; read as `<>` with a problem. */
export const BangEqual = binary('BangEqual', /!=/);
export const AndAnd = binary('AndAnd', /&&/);
export const Ampersand = binary('Ampersand', /&/);
export const OrOr = binary('OrOr', /\|\|/);
export const Plus = sign('Plus', /\+/);
export const Minus = sign('Minus', /-/);
export const Times = binary('Times', /\*/);
export const Slash = binary('Slash', /\//);
export const Caret = binary('Caret', /\^/);
export const ColonEqual = misplaced('ColonEqual', /:=/);
export const Colon = misplaced('Colon', /:/);
export const Semicolon = misplaced('Semicolon', /;/);
export const Comma = createToken({ name: 'Comma', pattern: /,/ });
/** A comma that separates nothing. */
export const LooseComma = createToken({ name: 'LooseComma', pattern: Lexer.NA, categories: [Misplaced] });
export const LParen = createToken({ name: 'LParen', pattern: /\(/ });
export const RParen = createToken({ name: 'RParen', pattern: /\)/ });
export const LCurly = createToken({ name: 'LCurly', pattern: /\{/ });
export const RCurly = createToken({ name: 'RCurly', pattern: /\}/ });

export const WhiteSpace = createToken({ name: 'WhiteSpace', pattern: /[\s\u0085]+/, group: Lexer.SKIPPED, line_breaks: true });
export const LineComment = createToken({ name: 'LineComment', pattern: /(?:\/\/|--)[^\n\r]*/, group: 'comments' });
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: reader((text, start) => {
    if (text.charAt(start) !== '/' || text.charAt(start + 1) !== '*') return undefined;
    const end = blockCommentEnd(text, start);
    return end >= 0 ? { end } : { end: text.length, flaw: { kind: 'unclosed' } };
  }),
  group: 'comments', line_breaks: true, start_chars_hint: ['/'],
});
/** A character that belongs to no token. */
export const Stray = createToken({ name: 'Stray', pattern: /[\u0000-\uffff]/, line_breaks: true, categories: [Misplaced] });

const head: TokenType[] = [WhiteSpace, LineComment, BlockComment];
const tail: TokenType[] = [
  QuotedName, BracketedName, SmartString, SmartName, SmartQuote, DateText, NumberText,
  Var, Return, In, Not, True, False, EvaluateWord, DefineWord, Identifier, Parameter,
  StrictEqual, Arrow, Equal, NotEqual, LessEqual, Less, GreaterEqual, Greater, BangEqual, AndAnd, Ampersand, OrOr,
  Plus, Minus, Times, Slash, Caret, ColonEqual, Colon, Semicolon, Comma, LParen, RParen, LCurly, RCurly, Stray,
];
export const plainTokens: TokenType[] = [...head, StringText, ...tail];
export const carefulTokens: TokenType[] = [...head, CarefulString, ...tail];

/** Every type that the parser may meet. */
export const vocabulary: TokenType[] = [
  ...plainTokens, CarefulString, Atom, AnyName, Prefix, BinaryOperator, InfixOnly, Misplaced, VisualShape,
  MeasureWord, ColumnWord, TableWord, FunctionWord, QueryVar, ParameterWord, OrderWord, ByWord, StartWord, AtWord, Direction,
  WithWord, VisualWord, ShapeWord, AxisWord, GroupWord, TotalWord, DensifyWord, Hint, FunctionName, TableName, LooseComma,
];
