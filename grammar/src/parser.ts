/** The grammar of statements: queries, and definitions that begin with a keyword. */
import type { IToken } from 'chevrotain';
import { ExpressionParser } from './expressionParser.ts';
import { decodeName } from './literals.ts';
import { missing, nameOf } from './nodes.ts';
import { endOf, spanOf, type Report } from './problems.ts';
import {
  AnyName, Arrow, AtWord, BracketedName, ByWord, Colon, ColonEqual, ColumnWord, Comma, DefineWord, Direction, Equal,
  EvaluateWord, FunctionWord, LParen, MeasureWord, OrderWord, QueryVar, RParen, StartWord, TableName, TableWord,
} from './tokens.ts';
import type * as tree from './tree.ts';

/** What a query says, docs and extent left to the caller. */
export interface Statements {
  readonly definitions: readonly tree.Definition[];
  readonly evaluates: readonly tree.Evaluate[];
}

export class DaxParser extends ExpressionParser {
  private docs: (offset: number) => tree.DocComment | undefined = () => undefined;

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Sets what is read next. `docs` finds the doc comment above a definition inside a query. */
  start(tokens: IToken[], base: number, report: Report, docs: (offset: number) => tree.DocComment | undefined): void {
    this.input = tokens;
    this.base = base;
    this.report = report;
    this.docs = docs;
  }

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

  /** What cannot stand between statements; reported once, at its first token. */
  private readonly strays = this.RULE('strays', (): void => {
    const report = this.silence('structure');
    this.AT_LEAST_ONE(() => this.SUBRULE(this.stray));
    this.ACTION(() => { this.report = report; });
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
}
