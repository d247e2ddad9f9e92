/**
 * The grammar of expressions. It takes any balanced row of tokens: what is missing becomes a `missing` node, what is
 * too much is skipped, and each fault is reported once. So it never throws on user text, and needs no error recovery.
 */
import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { isPutIn } from './brackets.ts';
import { flawOf } from './lexer.ts';
import { atomNode, columnReference, missing, nameOf, omitted } from './nodes.ts';
import { chain, finish, pushBinary, pushPrefix, type Chain } from './precedence.ts';
import { endOf, spanOf, type Report, type Role } from './problems.ts';
import {
  AnyName, AtWord, Atom, BangEqual, BinaryOperator, BracketedName, ByWord, Comma, DefineWord, Equal, EvaluateWord,
  FunctionName, Identifier, InfixOnly, LCurly, LParen, Misplaced, OrderWord, Prefix, RCurly, RParen, Return,
  SmartQuote, StartWord, Stray, TableName, Var, vocabulary,
} from './tokens.ts';
import type * as tree from './tree.ts';

/** The rules of expressions; `DaxParser` adds the statements, and makes the analysis that lets them run. */
export abstract class ExpressionParser extends EmbeddedActionsParser {
  protected report: Report = () => {};
  /** Where the text begins, for problems of empty text. */
  protected base = 0;

  constructor() {
    super(vocabulary, { recoveryEnabled: false, maxLookahead: 1 });
  }

  /** An expression and nothing after it; undefined when the text is empty. */
  readonly body = this.RULE('body', (): tree.Expression | undefined => {
    const expression = this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.SUBRULE(this.rest));
    return expression;
  });

  protected readonly expression = this.RULE('expression', (): tree.Expression => {
    let links: Chain | undefined;
    let first: tree.Expression | undefined;
    this.OR([
      { ALT: () => { first = this.SUBRULE(this.operand); } },
      {
        ALT: () => {
          links = chain();
          this.prefix(links, this.CONSUME(Prefix));
          this.MANY(() => this.prefix(links, this.CONSUME1(Prefix)));
          this.push(links, this.OPTION(() => this.SUBRULE1(this.operand)));
        },
      },
      {
        ALT: () => {
          links = chain();
          const operator = this.CONSUME(InfixOnly);
          this.ACTION(() => {
            this.report('expected-expression', spanOf(operator), { found: operator.image }, undefined, this.roleAhead());
            links?.operands.push(missing(operator.startOffset));
          });
          this.binary(links, operator);
          this.MANY1(() => this.prefix(links, this.CONSUME2(Prefix)));
          this.push(links, this.OPTION1(() => this.SUBRULE2(this.operand)));
        },
      },
    ]);
    this.MANY2(() => {
      if (links === undefined) {
        links = chain();
        if (first !== undefined) links.operands.push(first);
      }
      this.binary(links, this.CONSUME(BinaryOperator));
      this.MANY3(() => this.prefix(links, this.CONSUME3(Prefix)));
      this.push(links, this.OPTION2(() => this.SUBRULE3(this.operand)));
    });
    return this.ACTION(() => (links === undefined ? (first ?? missing(this.base)) : finish(links)));
  });

  private readonly operand = this.RULE('operand', (): tree.Expression => this.OR([
    { ALT: () => this.atom(this.CONSUME(Atom)) },
    { ALT: () => this.SUBRULE(this.qualifiedColumn) },
    { ALT: () => this.SUBRULE(this.call) },
    { ALT: () => this.SUBRULE(this.parentheses) },
    { ALT: () => this.SUBRULE(this.constructorRows) },
    { ALT: () => this.SUBRULE(this.varBlock) },
  ]));

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

  private readonly varBlock = this.RULE('varBlock', (): tree.VarBlock => {
    const variables: tree.Variable[] = [];
    let keyword: IToken | undefined;
    this.AT_LEAST_ONE(() => {
      const word = this.CONSUME(Var);
      keyword ??= word;
      const name = this.OPTION(() => this.CONSUME(AnyName));
      const assign = this.OPTION1(() => this.CONSUME(Equal));
      const value = this.OPTION2(() => this.SUBRULE(this.expression));
      this.OPTION5(() => this.SUBRULE(this.misplaced));
      this.ACTION(() => variables.push(this.variable(word, name, assign, value)));
    });
    const word = this.OPTION3(() => this.CONSUME(Return));
    const result = this.OPTION4(() => this.SUBRULE1(this.expression));
    const body = this.ACTION(() => (word === undefined ? this.withoutReturn(keyword, result) : this.required(result, word)));
    return this.ACTION(() => ({
      kind: 'var', variables, body, span: { start: keyword?.startOffset ?? this.base, end: Math.max(body.span.end, variables.at(-1)?.span.end ?? 0) },
    }));
  });

  /** What cannot stand inside a list or before a statement; reported once, at its first token. */
  protected readonly junk = this.RULE('junk', (): void => {
    const report = this.silence();
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => { this.SUBRULE(this.expression); } },
        { ALT: () => { this.CONSUME(Misplaced); } },
        { ALT: () => { this.CONSUME(Return); } },
      ]);
    });
    this.ACTION(() => { this.report = report; });
  });

  /** What stands between the value of a VAR and its RETURN, if it begins with something that is no operand. */
  private readonly misplaced = this.RULE('misplaced', (): void => {
    const report = this.silence('structure');
    this.CONSUME(Misplaced);
    this.MANY(() => {
      this.OR([
        { ALT: () => { this.SUBRULE(this.expression); } },
        { ALT: () => { this.CONSUME1(Misplaced); } },
      ]);
    });
    this.ACTION(() => { this.report = report; });
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

  private variable(keyword: IToken, name: IToken | undefined, assign: IToken | undefined, value: tree.Expression | undefined): tree.Variable {
    const opener = assign ?? name ?? keyword;
    if (name !== undefined) this.plainName(name);
    if (name === undefined || assign === undefined) {
      this.report('expected-token', spanOf(opener), { expected: name === undefined ? 'name' : '=', found: this.LA(1).image }, undefined, this.roleAhead());
    }
    const complete = name === undefined || assign === undefined ? (value ?? missing(endOf(opener))) : this.required(value, opener);
    const place = { start: endOf(keyword), end: endOf(keyword) };
    return {
      name: name === undefined ? { text: '', quoted: false, span: place } : nameOf(name), value: complete,
      span: { start: keyword.startOffset, end: complete.span.end },
    };
  }

  /** Reports the name of a variable or a parameter that is more than letters, digits and `_`. */
  protected plainName(token: IToken): void {
    const isPlain = token.tokenType === Identifier && !token.image.includes('.');
    if (!isPlain && token.payload === undefined) this.report('unexpected-token', spanOf(token), { found: token.image, expected: 'a name of letters, digits and _' });
  }

  /** A block whose RETURN is missing: before its result if there is one, else for the block as a whole. */
  private withoutReturn(keyword: IToken | undefined, result: tree.Expression | undefined): tree.Expression {
    const span = result?.span ?? (keyword === undefined ? undefined : spanOf(keyword));
    if (span === undefined || flawOf(this.LA(0)) === 'unclosed') return result ?? missing(endOf(this.LA(0)));
    if (result === undefined) this.report('expected-token', span, { expected: 'RETURN', found: this.LA(1).image }, undefined, this.roleAhead());
    else this.report('expected-token', span, { expected: 'RETURN', found: '' });
    return result ?? missing(endOf(this.LA(0)));
  }

  private atom(token: IToken): tree.Expression {
    return this.RECORDING_PHASE ? missing(0) : atomNode(token, this.report);
  }
}

/** Words that other languages have for operators. */
const wordsForOperators = new Map([['AND', '&&'], ['OR', '||']]);

function reportUnexpected(token: IToken, report: Report, role: Role | undefined): void {
  const span = spanOf(token);
  const expected = token.tokenType === Identifier ? wordsForOperators.get(token.image.toUpperCase()) : undefined;
  if (expected === undefined) report('unexpected-token', span, { found: token.image }, undefined, role);
  else report('unexpected-token', span, { found: token.image, expected }, { title: `Write ${expected}`, edits: [{ span, newText: expected }] }, role);
}
