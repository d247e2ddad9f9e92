/** The grammar of statements: queries, and definitions that begin with a keyword. */
import type { IToken } from 'chevrotain';
import { ClauseParser } from './clauseParser.ts';
import { decodeName } from './literals.ts';
import { missing, nameOf } from './nodes.ts';
import { endOf, spanOf, type Report } from './problems.ts';
import {
  AnyName, Arrow, BracketedName, ColonEqual, ColumnWord, DefineWord, Equal, EvaluateWord, FunctionWord, LParen, MeasureWord, ParameterWord, QueryVar,
  RParen, TableName, TableWord,
} from './tokens.ts';
import type * as tree from './tree.ts';

/** What a query says, docs and extent left to the caller. */
export interface Statements {
  readonly define: tree.Span | undefined;
  readonly definitions: readonly tree.Definition[];
  readonly evaluates: readonly tree.Evaluate[];
}

export class DaxParser extends ClauseParser {
  private docs: (offset: number) => tree.DocComment | undefined = () => undefined;

  constructor(checked = false) {
    super(checked);
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
    let define: IToken | undefined;
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const word = this.CONSUME(DefineWord);
            this.ACTION(() => this.defineBegins(word, define === undefined && definitions.length + evaluates.length === 0));
            define ??= word;
          },
        },
        { ALT: () => { definitions.push(this.SUBRULE(this.measureDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.columnDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.tableDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.functionDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.variableDefinition)); } },
        { ALT: () => { definitions.push(this.SUBRULE(this.parameterDefinition)); } },
        { ALT: () => { evaluates.push(this.SUBRULE(this.evaluate)); } },
        { ALT: () => { this.SUBRULE(this.strays); } },
      ]);
    });
    return this.ACTION(() => {
      const [first] = definitions;
      if (first !== undefined && define === undefined && definitions.length + evaluates.length > 1) {
        this.report('expected-token', { start: first.span.start, end: first.nameSpan.end }, { expected: 'DEFINE', found: first.name });
      }
      return { define: define === undefined ? undefined : spanOf(define), definitions, evaluates };
    });
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
    const defined = this.ACTION(() => this.defined(keyword, name, assign, body));
    const shape = this.OPTION(() => this.SUBRULE(this.visualShape));
    return this.ACTION(() => ({
      kind: 'tableDefinition', ...defined, shape, span: { start: keyword.startOffset, end: shape?.span.end ?? defined.span.end },
    }));
  });

  private readonly variableDefinition = this.RULE('variableDefinition', (): tree.QueryVariable => {
    const keyword = this.CONSUME(QueryVar);
    const name = this.OPTION(() => this.CONSUME(AnyName));
    const { assign, body } = this.SUBRULE(this.assigned);
    return this.ACTION(() => {
      if (name === undefined) this.report('expected-token', spanOf(keyword), { expected: 'name', found: '' });
      else this.plainName(name);
      return { kind: 'variableDefinition', keyword: 'VAR', ...this.defined(keyword, name ?? keyword, assign, body) };
    });
  });

  private readonly parameterDefinition = this.RULE('parameterDefinition', (): tree.QueryVariable => {
    const keyword = this.CONSUME(ParameterWord);
    const name = this.CONSUME(AnyName);
    const { assign, body } = this.SUBRULE(this.assigned);
    return this.ACTION(() => ({ kind: 'variableDefinition', keyword: 'MPARAMETER', ...this.defined(keyword, name, assign, body) }));
  });

  private readonly functionDefinition = this.RULE('functionDefinition', (): tree.FunctionDefinition => {
    const keyword = this.CONSUME(FunctionWord);
    const name = this.CONSUME(AnyName);
    const assign = this.OR([{ ALT: () => this.CONSUME(Equal) }, { ALT: () => this.CONSUME(ColonEqual) }]);
    const parameters: tree.FunctionParameter[] = [];
    const commas: tree.Span[] = [];
    const close = this.OR1([
      {
        ALT: () => {
          this.CONSUME(LParen);
          this.SUBRULE(this.parameterList, { ARGS: [parameters, commas] });
          return this.CONSUME(RParen);
        },
      },
      {
        ALT: () => {
          this.ACTION(() => this.expected('(', assign));
          this.MANY(() => this.CONSUME1(AnyName));
          return undefined;
        },
      },
    ]);
    const arrow = this.OPTION(() => this.CONSUME(Arrow));
    this.ACTION(() => {
      if (close !== undefined && arrow === undefined) this.expected('=>', close);
    });
    const body = this.OPTION1(() => this.SUBRULE(this.expression));
    return this.ACTION(() => {
      return { kind: 'functionDefinition', parameters, commas, ...this.defined(keyword, name, assign, body) };
    });
  });

  /** `= expression` of a definition. */
  private readonly assigned = this.RULE('assigned', (): { assign: IToken | undefined; body: tree.Expression | undefined } => {
    const assign = this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(Equal) }, { ALT: () => this.CONSUME(ColonEqual) }]));
    const body = this.OPTION1(() => this.SUBRULE(this.expression));
    return { assign, body };
  });

  /** DEFINE comes first in a query and needs something to define; where something else follows, that is told instead. */
  private defineBegins(keyword: IToken, isFirst: boolean): void {
    const next = this.LA(1);
    if (!isFirst) this.report('unexpected-token', spanOf(keyword), { found: keyword.image });
    else if (next.tokenType === EvaluateWord || next.tokenType === DefineWord || next.image === '') this.expected('MEASURE', keyword);
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
}
