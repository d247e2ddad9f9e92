/**
 * The grammar of expressions. It takes any balanced row of tokens: what is missing becomes a `missing` node, what is
 * too much is skipped, and each fault is reported once. So it never throws on user text, and needs no error recovery.
 */
import { EmbeddedActionsParser, type IToken, type ParserMethod } from 'chevrotain';
import { isPutIn } from './brackets.ts';
import { flawOf } from './lexer.ts';
import { firstTokenLookahead } from './lookahead.ts';
import { atomNode, columnReference, missing, omitted } from './nodes.ts';
import { chain, finish, pushBinary, pushPrefix, type Chain } from './precedence.ts';
import { endOf, spanOf, type Report, type Role } from './problems.ts';
import {
  AtWord, Atom, BangEqual, BinaryOperator, BracketedName, ByWord, Comma, DefineWord, EvaluateWord, FunctionName, Identifier, InfixOnly,
  LCurly, LParen, Misplaced, Not, OrderWord, Prefix, RCurly, RParen, Return, SmartQuote, StartWord, Stray, TableName, vocabulary,
} from './tokens.ts';
import type * as tree from './tree.ts';

/** What names of variables and parameters are made of. */
export const plainNames = 'a name of letters, digits and _';

/** The rules of expressions; `DaxParser` makes the analysis that lets them run. */
export abstract class ExpressionParser extends EmbeddedActionsParser {
  protected report: Report = () => {};
  /** Where the text begins, for problems of empty text. */
  protected base = 0;

  /** @param checked whether the library checks the grammar and finds its choices itself, as a test wants it */
  constructor(checked = false) {
    super(vocabulary, {
      recoveryEnabled: false, maxLookahead: 1, skipValidations: !checked, ...(checked ? {} : { lookaheadStrategy: firstTokenLookahead(vocabulary) }),
    });
  }

  /** An expression and nothing after it; undefined when the text is empty. */
  readonly body = this.RULE('body', (): tree.Expression | undefined => {
    const expression = this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.SUBRULE(this.rest));
    return expression;
  });

  protected readonly expression = this.RULE('expression', (): tree.Expression => {
    const first = this.OR(this.beginnings);
    let links = isChain(first) ? first : undefined;
    this.MANY2(() => {
      if (links === undefined) {
        links = chain();
        if (first !== undefined && !isChain(first)) links.operands.push(first);
      }
      this.binary(links, this.CONSUME(BinaryOperator));
      this.MANY3(() => this.prefix(links, this.CONSUME3(Prefix)));
      this.push(links, this.OPTION2(() => this.SUBRULE3(this.operand)));
    });
    return this.ACTION(() => (links !== undefined ? finish(links) : first === undefined || isChain(first) ? missing(this.base) : first));
  });

  // The library takes alternatives as functions: those of the rules that run for every operand are made once.
  private readonly beginnings: { ALT: () => tree.Expression | Chain }[] = [
    { ALT: () => this.SUBRULE(this.operand) },
    {
      ALT: () => {
        const links = chain();
        this.prefix(links, this.CONSUME(Prefix));
        this.MANY(() => this.prefix(links, this.CONSUME1(Prefix)));
        this.push(links, this.OPTION(() => this.SUBRULE1(this.operand)));
        return links;
      },
    },
    {
      ALT: () => {
        const links = chain();
        const operator = this.CONSUME(InfixOnly);
        this.ACTION(() => {
          this.report('expected-expression', spanOf(operator), { found: operator.image }, undefined, this.roleAhead());
          links.operands.push(missing(operator.startOffset));
        });
        this.binary(links, operator);
        this.MANY1(() => this.prefix(links, this.CONSUME2(Prefix)));
        this.push(links, this.OPTION1(() => this.SUBRULE2(this.operand)));
        return links;
      },
    },
  ];

  private readonly operands: { ALT: () => tree.Expression }[] = [
    { ALT: () => this.atom(this.CONSUME(Atom)) },
    { ALT: () => this.SUBRULE(this.qualifiedColumn) },
    { ALT: () => this.SUBRULE(this.call) },
    { ALT: () => this.SUBRULE(this.parentheses) },
    { ALT: () => this.SUBRULE(this.constructorRows) },
    { ALT: () => this.SUBRULE(this.varBlock) },
  ];

  private readonly operand = this.RULE('operand', (): tree.Expression => this.OR(this.operands));

  private readonly qualifiedColumn = this.RULE('qualifiedColumn', (): tree.ColumnReference => {
    const table = this.CONSUME(TableName);
    const column = this.CONSUME(BracketedName);
    return columnReference(table, column);
  });

  private readonly call = this.RULE('call', (): tree.Call => {
    const name = this.CONSUME(FunctionName);
    const open = this.CONSUME(LParen);
    const commas: tree.Span[] = [];
    const args = this.SUBRULE(this.list, { ARGS: [commas] });
    const close = this.CONSUME(RParen);
    return {
      kind: 'call', name: name.image, nameSpan: spanOf(name), args, open: spanOf(open), commas,
      close: isPutIn(close) ? undefined : spanOf(close), span: { start: name.startOffset, end: endOf(close) },
    };
  });

  private readonly parentheses = this.RULE('parentheses', (): tree.Expression => {
    const open = this.CONSUME(LParen);
    const commas: tree.Span[] = [];
    const items = this.SUBRULE(this.list, { ARGS: [commas] });
    const close = this.CONSUME(RParen);
    return this.ACTION(() => {
      const span = { start: open.startOffset, end: endOf(close) };
      // A bracket that is never closed is one fault already.
      const opener = isPutIn(close) ? undefined : open;
      const expressions = items.map((it) => this.required(it, opener));
      const [only = this.required(undefined, opener)] = expressions;
      if (expressions.length < 2) return { kind: 'parenthesized', expression: only, span };
      return { kind: 'tuple', items: expressions, span };
    });
  });

  private readonly constructorRows = this.RULE('constructorRows', (): tree.TableConstructor => {
    const open = this.CONSUME(LCurly);
    const rows = this.SUBRULE(this.list, { ARGS: [[]] });
    const close = this.CONSUME(RCurly);
    return { kind: 'constructor', rows, span: { start: open.startOffset, end: endOf(close) } };
  });

  /** Expressions between commas; an empty place is `omitted`, and nothing at all is an empty list. */
  protected readonly list = this.RULE('list', (commas: tree.Span[] = []): tree.Argument[] => {
    const items: tree.Argument[] = [];
    const first = this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.SUBRULE(this.junk));
    this.MANY(() => {
      const comma = this.CONSUME(Comma);
      if (items.length === 0) items.push(first ?? omitted(comma.startOffset));
      const next = this.OPTION2(() => this.SUBRULE1(this.expression));
      this.OPTION3(() => this.SUBRULE1(this.junk));
      items.push(next ?? omitted(endOf(comma)));
      commas.push(spanOf(comma));
    });
    if (items.length === 0 && first !== undefined) items.push(first);
    return items;
  });

  /** VAR ... RETURN. */
  protected abstract readonly varBlock: ParserMethod<[], tree.VarBlock>;

  /** What cannot stand inside a list or before a statement; reported once, at its first token. */
  protected readonly junk = this.RULE('junk', (): true => {
    const report = this.silence();
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => { this.SUBRULE(this.expression); } },
        { ALT: () => { this.CONSUME(Misplaced); } },
        { ALT: () => { this.CONSUME(Return); } },
      ]);
    });
    this.ACTION(() => { this.report = report; });
    return true;
  });

  /** Everything after an expression that ends the text. */
  private readonly rest = this.RULE('rest', (): void => {
    const report = this.silence('structure');
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => { this.SUBRULE(this.stray); } },
        { ALT: () => { this.CONSUME(EvaluateWord); } },
        { ALT: () => { this.CONSUME(DefineWord); } },
      ]);
    });
    this.ACTION(() => { this.report = report; });
  });

  protected readonly stray = this.RULE('stray', (): void => {
    this.OR([
      { ALT: () => { this.SUBRULE(this.expression); } },
      { ALT: () => { this.CONSUME(Misplaced); } },
      { ALT: () => { this.CONSUME(Return); } },
      { ALT: () => { this.CONSUME(Comma); } },
      { ALT: () => { this.CONSUME(OrderWord); } },
      { ALT: () => { this.CONSUME(ByWord); } },
      { ALT: () => { this.CONSUME(StartWord); } },
      { ALT: () => { this.CONSUME(AtWord); } },
    ]);
  });

  private prefix(links: Chain | undefined, token: IToken): void {
    if (this.RECORDING_PHASE || links === undefined) return;
    pushPrefix(links, token.image.toUpperCase() as tree.UnaryOperator, spanOf(token));
  }

  private binary(links: Chain, token: IToken): void {
    if (this.RECORDING_PHASE) return;
    const operator = token.tokenType === BangEqual ? '<>' : token.image.toUpperCase();
    pushBinary(links, operator as tree.BinaryOperator, spanOf(token));
  }

  /** The operand after an operator; the operator is at fault when there is none. */
  private push(links: Chain | undefined, operand: tree.Expression | undefined): void {
    if (this.RECORDING_PHASE || links === undefined) return;
    links.operands.push(this.required(operand, this.LA(0)));
  }

  /** The expression that must stand after `opener`, or a `missing` node and a problem at the opener. */
  protected required(expression: tree.Argument | undefined, opener: IToken | undefined): tree.Expression {
    if (expression !== undefined && expression.kind !== 'omitted') return expression;
    if (opener !== undefined) this.report('expected-expression', spanOf(opener), { found: this.LA(1).image, after: opener.image }, undefined, this.roleAhead());
    return missing(expression?.span.start ?? endOf(opener ?? this.LA(0)));
  }

  /** What is missing where the text ends, or what encloses it, is one fault with the brackets left open there. */
  protected roleAhead(): Role | undefined {
    return this.LA(1).image === '' ? 'end' : undefined;
  }

  /** Reports the token ahead as out of place, and nothing more until the returned report is set again. */
  protected silence(role?: Role): Report {
    const report = this.report;
    if (this.RECORDING_PHASE) return report;
    const next = this.LA(1);
    // Told already: a character that is no DAX, and what follows an unclosed string or name.
    const isTold = next.tokenType === Stray || next.tokenType === SmartQuote || flawOf(next) === 'unclosed' || flawOf(this.LA(0)) === 'unclosed';
    if (!isTold) reportUnexpected(next, report, role);
    this.report = () => {};
    return report;
  }

  /** Reports the word or sign that has to follow a token. */
  protected expected(word: string, after: IToken): void {
    this.report('expected-token', spanOf(after), { expected: word, found: this.LA(1).image }, undefined, this.roleAhead());
  }

  /** Reports the name of a variable or a parameter that is more than letters, digits and `_`. */
  protected plainName(token: IToken): void {
    const isPlain = token.tokenType === Identifier && !token.image.includes('.');
    if (!isPlain && token.payload === undefined) this.report('unexpected-token', spanOf(token), { found: token.image, expected: plainNames });
  }

  private atom(token: IToken): tree.Expression {
    return this.RECORDING_PHASE ? missing(0) : atomNode(token, this.report);
  }
}

const isChain = (it: tree.Expression | Chain | undefined): it is Chain => it !== undefined && 'operands' in it;

/** What was meant by words that cannot stand where they do: operators of other languages, statements that lack something. */
const wordsForOperators = new Map([['AND', '&&'], ['OR', '||']]);
const formsOfStatements = new Map([
  ['MEASURE', 'MEASURE Table[Name] = expression'], ['COLUMN', 'COLUMN Table[Name] = expression'],
  ['TABLE', 'TABLE Name = expression'], ['FUNCTION', 'FUNCTION Name = (parameters) => expression'],
]);

function reportUnexpected(token: IToken, report: Report, role: Role | undefined): void {
  const span = spanOf(token);
  const found = token.image;
  const word = found.toUpperCase();
  const operator = token.tokenType === Identifier ? wordsForOperators.get(word) : undefined;
  const form = token.tokenType === Identifier ? formsOfStatements.get(word) : token.tokenType === Not ? 'NOT in front of the comparison' : undefined;
  if (operator !== undefined) report('unexpected-token', span, { found, expected: operator }, { title: `Write ${operator}`, edits: [{ span, newText: operator }] }, role);
  else report('unexpected-token', span, form === undefined ? { found } : { found, expected: form }, undefined, role);
}
