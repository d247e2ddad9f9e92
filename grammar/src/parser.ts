/**
 * The grammar. It takes any balanced row of tokens: what is missing becomes a `missing` node, what is too much is
 * skipped, and each fault is reported once. So it never throws on user text, and needs no error recovery.
 */
import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { isPutIn } from './brackets.ts';
import { flawOf } from './lexer.ts';
import { dateSerial, decodeName, decodeString, joinBroken } from './literals.ts';
import { chain, finish, pushBinary, pushPrefix, type Chain } from './precedence.ts';
import { endOf, spanOf, type Report } from './problems.ts';
import {
  AnyName, Arrow, Atom, AtWord, BangEqual, BinaryOperator, BracketedName, ByWord, CarefulString, Colon, ColonEqual, ColumnWord, Comma,
  DateText, DefineWord, Direction, Equal, EvaluateWord, False, FunctionName, FunctionWord, Identifier, InfixOnly, LCurly, LParen,
  MeasureWord, Misplaced, NumberText, OrderWord, Parameter, Prefix, QueryVar, RCurly, Return, RParen, SmartQuote, SmartString, StartWord, Stray,
  StringText, TableName, TableWord, True, Var, vocabulary,
} from './tokens.ts';
import type * as tree from './tree.ts';

/** What a query says, docs and extent left to the caller. */
export interface Statements {
  readonly definitions: readonly tree.Definition[];
  readonly evaluates: readonly tree.Evaluate[];
}

export class DaxParser extends EmbeddedActionsParser {
  private report: Report = () => {};
  private docs: (offset: number) => tree.DocComment | undefined = () => undefined;
  /** Where the text begins, for problems of empty text. */
  private base = 0;

  constructor() {
    super(vocabulary, { recoveryEnabled: false, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  /** Sets what is read next. `docs` finds the doc comment above a definition inside a query. */
  start(tokens: IToken[], base: number, report: Report, docs: (offset: number) => tree.DocComment | undefined): void {
    this.input = tokens;
    this.base = base;
    this.report = report;
    this.docs = docs;
  }

  /** An expression and nothing after it; undefined when the text is empty. */
  readonly body = this.RULE('body', (): tree.Expression | undefined => {
    const expression = this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.SUBRULE(this.rest));
    return expression;
  });

  readonly statements = this.RULE('statements', (): Statements => {
    const definitions: tree.Definition[] = [];
    const evaluates: tree.Evaluate[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => { this.CONSUME(DefineWord); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.measureDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.columnDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.tableDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.functionDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.variableDefinition)); } },
        { ALT: () => { evaluates.push(this.SUBRULE(this.evaluate)); } },
        { ALT: () => { this.SUBRULE(this.strays); } },
      ]);
    });
    return { definitions, evaluates };
  });

  private readonly expression = this.RULE('expression', (): tree.Expression => {
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
            this.report('expected-expression', spanOf(operator), { found: operator.image });
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
  private readonly list = this.RULE('list', (commas: tree.Span[] = []): tree.Argument[] => {
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
  private readonly junk = this.RULE('junk', (): void => {
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
    const report = this.silence();
    this.CONSUME(Misplaced);
    this.MANY(() => {
      this.OR([
        { ALT: () => { this.SUBRULE(this.expression); } },
        { ALT: () => { this.CONSUME1(Misplaced); } },
      ]);
    });
    this.ACTION(() => { this.report = report; });
  });

  /** The same between statements, where commas and lost words have no meaning either. */
  private readonly strays = this.RULE('strays', (): void => {
    const report = this.silence();
    this.AT_LEAST_ONE(() => this.SUBRULE(this.stray));
    this.ACTION(() => { this.report = report; });
  });

  /** Everything after an expression that ends the text. */
  private readonly rest = this.RULE('rest', (): void => {
    const report = this.silence();
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => { this.SUBRULE(this.stray); } },
        { ALT: () => { this.CONSUME(EvaluateWord); } },
        { ALT: () => { this.CONSUME(DefineWord); } },
      ]);
    });
    this.ACTION(() => { this.report = report; });
  });

  private readonly stray = this.RULE('stray', (): void => {
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

  private readonly measureDefinition = this.RULE('measureDefinition', (): tree.MeasureDefinition => {
    const keyword = this.CONSUME(MeasureWord);
    const table = this.CONSUME(TableName);
    const name = this.CONSUME(BracketedName);
    const { assign, body } = this.SUBRULE(this.assigned);
    return this.ACTION(() => ({
      kind: 'measure', form: 'measure', table: nameOf(table), ...this.defined(keyword, name, assign, body),
    }));
  });

  private readonly columnDefinition = this.RULE('columnDefinition', (): tree.ColumnDefinition => {
    const keyword = this.CONSUME(ColumnWord);
    const table = this.CONSUME(TableName);
    const name = this.CONSUME(BracketedName);
    const { assign, body } = this.SUBRULE(this.assigned);
    return this.ACTION(() => ({ kind: 'columnDefinition', table: nameOf(table), ...this.defined(keyword, name, assign, body) }));
  });

  private readonly tableDefinition = this.RULE('tableDefinition', (): tree.TableDefinition => {
    const keyword = this.CONSUME(TableWord);
    const name = this.CONSUME(AnyName);
    const { assign, body } = this.SUBRULE(this.assigned);
    return this.ACTION(() => ({ kind: 'tableDefinition', ...this.defined(keyword, name, assign, body) }));
  });

  private readonly variableDefinition = this.RULE('variableDefinition', (): tree.QueryVariable => {
    const keyword = this.CONSUME(QueryVar);
    const name = this.OPTION(() => this.CONSUME(AnyName));
    const { assign, body } = this.SUBRULE(this.assigned);
    return this.ACTION(() => ({ kind: 'variableDefinition', ...this.defined(keyword, name ?? keyword, assign, body) }));
  });

  private readonly functionDefinition = this.RULE('functionDefinition', (): tree.FunctionDefinition => {
    const keyword = this.CONSUME(FunctionWord);
    const name = this.CONSUME(AnyName);
    const assign = this.OR([{ ALT: () => this.CONSUME(Equal) }, { ALT: () => this.CONSUME(ColonEqual) }]);
    const parameters: tree.FunctionParameter[] = [];
    this.OPTION(() => {
      this.CONSUME(LParen);
      this.SUBRULE(this.parameterList, { ARGS: [parameters] });
      this.CONSUME(RParen);
    });
    const arrow = this.OPTION1(() => this.CONSUME(Arrow));
    const body = this.OPTION2(() => this.SUBRULE(this.expression));
    return this.ACTION(() => {
      if (arrow === undefined) this.report('expected-token', spanOf(keyword), { expected: '=>', found: '' });
      return { kind: 'functionDefinition', parameters, ...this.defined(keyword, name, assign, body) };
    });
  });

  private readonly parameterList = this.RULE('parameterList', (parameters: tree.FunctionParameter[] = []): void => {
    this.OPTION(() => this.SUBRULE(this.parameter, { ARGS: [parameters] }));
    this.OPTION1(() => this.SUBRULE(this.junk));
    this.MANY(() => {
      this.CONSUME(Comma);
      this.OPTION2(() => this.SUBRULE1(this.parameter, { ARGS: [parameters] }));
      this.OPTION3(() => this.SUBRULE1(this.junk));
    });
  });

  private readonly parameter = this.RULE('parameter', (parameters: tree.FunctionParameter[] = []): void => {
    const name = this.CONSUME(AnyName);
    const hints: IToken[] = [];
    this.OPTION(() => {
      this.CONSUME(Colon);
      this.MANY(() => hints.push(this.CONSUME1(AnyName)));
    });
    const defaultValue = this.OPTION1(() => {
      this.CONSUME(Equal);
      return this.OPTION2(() => this.SUBRULE(this.expression));
    });
    this.ACTION(() => parameters.push({
      name: decodeName(name.image), nameSpan: spanOf(name), hints: hints.map((it) => it.image.toUpperCase()),
      defaultValue, span: { start: name.startOffset, end: endOf(this.LA(0)) },
    }));
  });

  /** `= expression` of a definition. */
  private readonly assigned = this.RULE('assigned', (): { assign: IToken | undefined; body: tree.Expression | undefined } => {
    const assign = this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(Equal) }, { ALT: () => this.CONSUME(ColonEqual) }]));
    const body = this.OPTION1(() => this.SUBRULE(this.expression));
    return { assign, body };
  });

  private readonly evaluate = this.RULE('evaluate', (): tree.Evaluate => {
    const keyword = this.CONSUME(EvaluateWord);
    const table = this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.SUBRULE(this.junk));
    const orderBy: tree.OrderKey[] = [];
    const startAt: tree.Expression[] = [];
    this.OPTION2(() => {
      const word = this.CONSUME(OrderWord);
      this.CONSUME(ByWord);
      this.SUBRULE(this.orderKeys, { ARGS: [word, orderBy] });
    });
    this.OPTION3(() => {
      const word = this.CONSUME(StartWord);
      this.CONSUME(AtWord);
      const values = this.SUBRULE(this.list, { ARGS: [[]] });
      this.ACTION(() => startAt.push(...values.map((it) => this.required(it, word))));
    });
    return this.ACTION(() => ({
      keyword: spanOf(keyword), expression: this.required(table, keyword), orderBy, startAt,
      span: { start: keyword.startOffset, end: endOf(this.LA(0)) },
    }));
  });

  private readonly orderKeys = this.RULE('orderKeys', (word?: IToken, keys: tree.OrderKey[] = []): void => {
    this.SUBRULE(this.orderKey, { ARGS: [word, keys] });
    this.MANY(() => {
      const comma = this.CONSUME(Comma);
      this.SUBRULE1(this.orderKey, { ARGS: [comma, keys] });
    });
  });

  private readonly orderKey = this.RULE('orderKey', (opener?: IToken, keys: tree.OrderKey[] = []): void => {
    const expression = this.OPTION(() => this.SUBRULE(this.expression));
    const direction = this.OPTION1(() => this.CONSUME(Direction));
    this.OPTION2(() => this.SUBRULE(this.junk));
    this.ACTION(() => {
      const key = this.required(expression, opener);
      const end = direction === undefined ? key.span.end : endOf(direction);
      keys.push({ expression: key, descending: direction?.image.toUpperCase() === 'DESC', span: { start: key.span.start, end } });
    });
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
  private required(expression: tree.Argument | undefined, opener: IToken | undefined): tree.Expression {
    if (expression !== undefined && expression.kind !== 'omitted') return expression;
    if (opener !== undefined) this.report('expected-expression', spanOf(opener), { found: this.LA(1).image, after: opener.image });
    return missing(expression?.span.start ?? endOf(opener ?? this.LA(0)));
  }

  /** Reports the token ahead as out of place, and nothing more until the returned report is set again. */
  private silence(): Report {
    const report = this.report;
    if (this.RECORDING_PHASE) return report;
    const next = this.LA(1);
    // Told already: a character that is no DAX, and what follows an unclosed string or name.
    const isTold = next.tokenType === Stray || next.tokenType === SmartQuote || flawOf(this.LA(0)) === 'unclosed';
    if (!isTold) reportUnexpected(next, report);
    this.report = () => {};
    return report;
  }

  private variable(keyword: IToken, name: IToken | undefined, assign: IToken | undefined, value: tree.Expression | undefined): tree.Variable {
    const opener = assign ?? name ?? keyword;
    if (name === undefined || assign === undefined) {
      this.report('expected-token', spanOf(opener), { expected: name === undefined ? 'name' : '=', found: this.LA(1).image });
    }
    const complete = name === undefined || assign === undefined ? (value ?? missing(endOf(opener))) : this.required(value, opener);
    const place = { start: endOf(keyword), end: endOf(keyword) };
    return {
      name: name === undefined ? { text: '', quoted: false, span: place } : nameOf(name), value: complete,
      span: { start: keyword.startOffset, end: complete.span.end },
    };
  }

  /** A block whose RETURN is missing: before its result if there is one, else for the block as a whole. */
  private withoutReturn(keyword: IToken | undefined, result: tree.Expression | undefined): tree.Expression {
    const span = result?.span ?? (keyword === undefined ? undefined : spanOf(keyword));
    if (span !== undefined) this.report('expected-token', span, { expected: 'RETURN', found: result === undefined ? this.LA(1).image : '' });
    return result ?? missing(endOf(this.LA(0)));
  }

  private defined(keyword: IToken, name: IToken, assign: IToken | undefined, body: tree.Expression | undefined) {
    const text = decodeName(name.image);
    if (assign === undefined) this.report('expected-token', spanOf(name), { expected: '=', found: this.LA(1).image });
    else if (body === undefined) this.report('missing-body', spanOf(name), { name: text });
    const last = this.LA(0);
    return {
      docs: this.docs(keyword.startOffset), name: text, nameSpan: spanOf(name),
      assign: assign === undefined ? undefined : spanOf(assign), body: body ?? missing(endOf(last)),
      span: { start: keyword.startOffset, end: endOf(last) },
    };
  }

  private atom(token: IToken): tree.Expression {
    if (this.RECORDING_PHASE) return missing(0);
    const span = spanOf(token);
    const { image, tokenType: type } = token;
    switch (type) {
      case NumberText:
        return { kind: 'number', value: Number(image), text: image, integer: /^\d+$/.test(image), span };
      case StringText:
      case CarefulString:
      case SmartString:
        return { kind: 'string', value: decodeString(smartless(token)), span };
      case True:
      case False:
        return { kind: 'boolean', value: type === True, span };
      case BracketedName:
        return columnReference(undefined, token);
      case Parameter:
        return { kind: 'parameter', name: image.slice(1), span };
      case DateText: {
        const text = image.slice(3, -1);
        const serial = dateSerial(text);
        if (Number.isNaN(serial)) this.report('invalid-date', span, { text });
        return { kind: 'date', text, serial, span };
      }
      default:
        return { kind: 'name', name: nameOf(token), span };
    }
  }
}

/** Words that other languages have for operators. */
const wordsForOperators = new Map([['AND', '&&'], ['OR', '||']]);

function reportUnexpected(token: IToken, report: Report): void {
  const span = spanOf(token);
  const expected = token.tokenType === Identifier ? wordsForOperators.get(token.image.toUpperCase()) : undefined;
  if (expected === undefined) report('unexpected-token', span, { found: token.image });
  else report('unexpected-token', span, { found: token.image, expected }, { title: `Write ${expected}`, edits: [{ span, newText: expected }] });
}

/** A place without an expression. */
export function missing(at: number): tree.Missing {
  return { kind: 'missing', span: { start: at, end: at } };
}

function omitted(at: number): tree.Omitted {
  return { kind: 'omitted', span: { start: at, end: at } };
}

/** A string with plain quotes where typographic ones stand. */
function smartless(token: IToken): string {
  if (flawOf(token) !== 'smart') return token.image;
  return `"${token.image.slice(1, -1)}"`;
}

function nameOf(token: IToken): tree.Name {
  const bare = token.tokenType === Identifier || token.image.charAt(0) !== "'";
  return { text: decodeName(token.image), quoted: !bare || flawOf(token) === 'smart', span: spanOf(token) };
}

function columnReference(table: IToken | undefined, column: IToken): tree.ColumnReference {
  const span = { start: table?.startOffset ?? column.startOffset, end: endOf(column) };
  const home = table === undefined ? undefined : nameOf(table);
  if (flawOf(column) !== 'broken') {
    return { kind: 'column', table: home, column: { text: decodeName(column.image), quoted: false, span: spanOf(column) }, span };
  }
  const { spaced, tight } = joinBroken(column.image);
  return {
    kind: 'column', table: home, column: { text: spaced, quoted: false, span: spanOf(column) }, broken: true,
    ...(tight === spaced ? {} : { alternative: tight }), span,
  };
}
