/** The grammar of VAR ... RETURN, an expression wherever one may stand. */
import type { IToken } from 'chevrotain';
import { ExpressionParser, plainNames } from './expressionParser.ts';
import { flawOf } from './lexer.ts';
import { missing, nameOf } from './nodes.ts';
import { endOf, spanOf } from './problems.ts';
import { AnyName, Atom, ColonEqual, Equal, In, Misplaced, Not, Return, StrictEqual, TableName, Var } from './tokens.ts';
import type * as tree from './tree.ts';

/** Words that are no name are looked at so far for the sign behind them. */
const maxMisnamed = 8;

export abstract class BlockParser extends ExpressionParser {
  protected readonly varBlock = this.RULE('varBlock', (): tree.VarBlock => {
    const variables: tree.Variable[] = [];
    this.AT_LEAST_ONE(() => variables.push(this.SUBRULE(this.variable)));
    const word = this.OPTION(() => this.CONSUME(Return));
    const result = this.OPTION1(() => this.SUBRULE(this.expression));
    return this.ACTION(() => {
      const start = variables[0]?.span.start ?? this.base;
      const body = word === undefined ? this.withoutReturn(start, result) : this.required(result, word);
      return { kind: 'var', variables, body, span: { start, end: Math.max(body.span.end, variables.at(-1)?.span.end ?? 0) } };
    });
  });

  private readonly variable = this.RULE('variable', (): tree.Variable => {
    const keyword = this.CONSUME(Var);
    const name = this.OPTION(() => this.CONSUME(AnyName));
    const misnamed = this.OPTION1({ GATE: () => this.isMisnamed(name !== undefined), DEF: () => this.SUBRULE(this.misnamed, { ARGS: [name !== undefined] }) });
    const assign = this.OPTION2(() => this.OR([
      { ALT: () => this.CONSUME(Equal) },
      { ALT: () => this.CONSUME(ColonEqual) },
      { ALT: () => this.CONSUME(StrictEqual) },
    ]));
    const isTold = misnamed !== undefined;
    const opener = assign ?? name ?? keyword;
    const hasSign = this.ACTION(() => {
      if (name !== undefined) this.plainName(name);
      if (assign !== undefined && assign.tokenType !== Equal) {
        const edits = [{ span: spanOf(assign), newText: '=' }];
        this.report('unexpected-token', spanOf(assign), { found: assign.image, expected: '=' }, { title: 'Write =', edits });
      }
      if (!isTold && name === undefined) this.expected('name', keyword);
      else if (!isTold && assign === undefined) this.expected('=', name ?? keyword);
      return assign !== undefined && (isTold || name !== undefined);
    });
    const value = this.OPTION3(() => this.SUBRULE(this.expression));
    const complete = this.ACTION(() => (hasSign ? this.required(value, opener) : (value ?? missing(endOf(opener)))));
    this.OPTION4(() => this.SUBRULE(this.misplaced));
    return this.ACTION(() => ({
      name: name === undefined ? { text: '', quoted: false, span: { start: endOf(keyword), end: endOf(keyword) } } : nameOf(name),
      value: complete, span: { start: keyword.startOffset, end: complete.span.end },
    }));
  });

  /** What stands before the sign of a VAR and is no name. */
  private readonly misnamed = this.RULE('misnamed', (hasName = false): true => {
    const tokens: IToken[] = [];
    this.AT_LEAST_ONE(() => tokens.push(this.OR([
      { ALT: () => this.CONSUME(Atom) },
      { ALT: () => this.CONSUME(TableName) },
      { ALT: () => this.CONSUME(Return) },
      { ALT: () => this.CONSUME(In) },
      { ALT: () => this.CONSUME(Not) },
    ])));
    this.ACTION(() => {
      const [first, last] = [tokens[0], tokens.at(-1)];
      if (first === undefined || last === undefined) return;
      const span = { start: first.startOffset, end: endOf(last) };
      this.report('unexpected-token', span, { found: first.image, expected: hasName ? '=' : plainNames }, undefined, 'structure');
    });
    return true;
  });

  /** Whether the sign of a VAR follows, behind words that are no name. */
  private isMisnamed(hasName: boolean): boolean {
    for (let ahead = 1; ahead <= maxMisnamed; ahead++) {
      const type = this.LA(ahead).tokenType;
      if (type === Equal || type === ColonEqual || type === StrictEqual) return ahead > 1;
      const isWord = type === Return || type === In || type === Not;
      if (isWord ? hasName || ahead > 1 || this.LA(2).tokenType !== Equal : type !== TableName && type.CATEGORIES?.includes(Atom) !== true) return false;
    }
    return false;
  }

  /** What stands between the value of a VAR and its RETURN, if it begins with something that is no operand. */
  private readonly misplaced = this.RULE('misplaced', (): void => {
    const report = this.silence('structure');
    this.CONSUME(Misplaced);
    this.MANY({
      GATE: () => this.LA(1).tokenType !== Var,
      DEF: () => this.OR([
        { ALT: () => { this.SUBRULE(this.expression); } },
        { ALT: () => { this.CONSUME1(Misplaced); } },
      ]),
    });
    this.ACTION(() => { this.report = report; });
  });

  /** A block whose RETURN is missing: before its result if there is one, else for the block as a whole. */
  private withoutReturn(start: number, result: tree.Expression | undefined): tree.Expression {
    if (flawOf(this.LA(0)) === 'unclosed') return result ?? missing(endOf(this.LA(0)));
    if (result === undefined) this.report('expected-token', { start, end: start + 3 }, { expected: 'RETURN', found: this.LA(1).image }, undefined, this.roleAhead());
    else this.report('expected-token', result.span, { expected: 'RETURN', found: '' });
    return result ?? missing(endOf(this.LA(0)));
  }
}
