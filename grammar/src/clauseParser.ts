/** The grammar of what definitions and queries are made of: parameters of functions, ORDER BY, START AT, visual shapes. */
import type { IToken } from 'chevrotain';
import { BlockParser } from './blockParser.ts';
import { decodeName } from './literals.ts';
import { nameOf } from './nodes.ts';
import { hintsOf } from './parameterHints.ts';
import { endOf, spanOf } from './problems.ts';
import {
  AnyName, AtWord, AxisWord, ByWord, Colon, Comma, DensifyWord, Direction, Equal, EvaluateWord, GroupWord, Hint, Identifier, OrderWord,
  ShapeWord, StartWord, TotalWord, VisualShape, VisualWord, WithWord,
} from './tokens.ts';
import type * as tree from './tree.ts';

/** A function takes so many parameters at most. */
const maxParameters = 256;

export abstract class ClauseParser extends BlockParser {
  /** What cannot stand between statements; reported once, at its first token. */
  protected readonly strays = this.RULE('strays', (): void => {
    const report = this.silence('structure');
    this.AT_LEAST_ONE(() => this.OR([
      { ALT: () => { this.SUBRULE(this.stray); } },
      { ALT: () => { this.CONSUME(VisualShape); } },
    ]));
    this.ACTION(() => { this.report = report; });
  });

  protected readonly parameterList = this.RULE('parameterList', (parameters: tree.FunctionParameter[] = [], commas: tree.Span[] = []): void => {
    const first = this.OPTION(() => this.SUBRULE(this.parameter, { ARGS: [parameters] }));
    const junk = this.OPTION1(() => this.SUBRULE(this.junk));
    this.ACTION(() => {
      if (first === undefined && junk === undefined && this.LA(1).tokenType === Comma) this.expected('name', this.LA(1));
    });
    this.MANY(() => {
      const comma = this.CONSUME(Comma);
      const next = this.OPTION2(() => this.SUBRULE1(this.parameter, { ARGS: [parameters] }));
      this.OPTION3(() => this.SUBRULE1(this.junk));
      this.ACTION(() => {
        commas.push(spanOf(comma));
        // A comma may follow the last parameter, and only that.
        if (next === undefined && this.LA(0) === comma && this.LA(1).tokenType === Comma) this.expected('name', comma);
      });
    });
  });

  private readonly parameter = this.RULE('parameter', (parameters: tree.FunctionParameter[] = []): true => {
    const name = this.CONSUME(AnyName);
    const hints: IToken[] = [];
    const colon = this.OPTION(() => {
      const sign = this.CONSUME(Colon);
      this.MANY(() => hints.push(this.CONSUME(Hint)));
      return sign;
    });
    const defaultValue = this.OPTION1(() => {
      const assign = this.CONSUME(Equal);
      const value = this.OPTION2(() => this.SUBRULE(this.expression));
      return this.ACTION(() => this.required(value, assign));
    });
    this.ACTION(() => {
      this.plainName(name);
      if (colon !== undefined && hints.length === 0) this.expected('ANYVAL', colon);
      if (parameters.length === maxParameters) this.report('unexpected-token', spanOf(name), { found: name.image, expected: `${String(maxParameters)} parameters at most` });
      parameters.push({
        name: decodeName(name.image), nameSpan: spanOf(name), colon: colon === undefined ? undefined : spanOf(colon),
        ...hintsOf(hints, this.report), defaultValue, span: { start: name.startOffset, end: endOf(this.LA(0)) },
      });
    });
    return true;
  });

  protected readonly evaluate = this.RULE('evaluate', (): tree.Evaluate => {
    const keyword = this.CONSUME(EvaluateWord);
    const table = this.OPTION(() => this.SUBRULE(this.expression));
    this.OPTION1(() => this.SUBRULE(this.junk));
    const orderBy: tree.OrderKey[] = [];
    this.OPTION2(() => this.SUBRULE(this.orderClause, { ARGS: [orderBy] }));
    const start = this.OPTION3(() => this.SUBRULE(this.startClause, { ARGS: [orderBy] }));
    return this.ACTION(() => ({
      keyword: spanOf(keyword), expression: this.required(table, keyword), orderBy, startAt: start ?? [],
      span: { start: keyword.startOffset, end: endOf(this.LA(0)) },
    }));
  });

  private readonly orderClause = this.RULE('orderClause', (keys: tree.OrderKey[] = []): void => {
    this.CONSUME(OrderWord);
    const word = this.CONSUME(ByWord);
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
      keys.push({
        expression: key, descending: direction?.image.toUpperCase() === 'DESC', direction: direction === undefined ? undefined : spanOf(direction),
        span: { start: key.span.start, end },
      });
    });
  });

  /** Constants and parameters, no more of them than there are keys. */
  private readonly startClause = this.RULE('startClause', (keys: readonly tree.OrderKey[] = []): readonly tree.Expression[] => {
    const word = this.CONSUME(StartWord);
    this.CONSUME(AtWord);
    const values = this.SUBRULE(this.demanded, { ARGS: [word] });
    this.ACTION(() => {
      const expected = keys.length === 0 ? 'ORDER BY' : 'no more values than ORDER BY has keys';
      const extra = values[keys.length];
      if (keys.length === 0) this.report('unexpected-token', spanOf(word), { found: word.image, expected });
      else if (extra !== undefined && values.every((it) => it.kind !== 'missing')) this.report('unexpected-token', extra.span, { found: 'value', expected });
      const column = values.slice(0, keys.length).find((it) => it.kind === 'column');
      if (column?.kind === 'column') this.report('unexpected-token', column.span, { found: column.column.text, expected: 'a constant' });
    });
    return values;
  });

  /** One expression or more between commas. */
  private readonly demanded = this.RULE('demanded', (opener?: IToken): readonly tree.Expression[] => {
    const commas: tree.Span[] = [];
    const items = this.SUBRULE(this.list, { ARGS: [commas] });
    return this.ACTION(() => (items.length === 0 ? [this.required(undefined, opener)] : items.map((it, i) => {
      const comma = commas[i - 1];
      if (it.kind === 'omitted' && comma !== undefined) this.report('expected-expression', comma, { found: '', after: ',' });
      return this.required(it, comma === undefined ? opener : undefined);
    })));
  });

  protected readonly visualShape = this.RULE('visualShape', (): tree.VisualShape => {
    const first = this.CONSUME(WithWord);
    const visual = this.CONSUME(VisualWord);
    const last = this.OPTION(() => this.CONSUME(ShapeWord));
    this.OPTION1(() => this.SUBRULE(this.junk));
    const axes: tree.ShapeAxis[] = [];
    this.ACTION(() => {
      if (this.LA(0) === visual) this.expected('SHAPE', visual);
      else if (this.LA(0) === last && this.LA(1).tokenType !== AxisWord) this.expected('AXIS', last);
    });
    this.MANY(() => axes.push(this.SUBRULE(this.shapeAxis)));
    const densify = this.OPTION2(() => {
      const word = this.CONSUME(DensifyWord);
      const name = this.OPTION3(() => this.SUBRULE(this.expression));
      this.OPTION4(() => this.SUBRULE1(this.junk));
      return this.ACTION(() => this.required(name, word));
    });
    return this.ACTION(() => ({ axes, densify, span: { start: first.startOffset, end: endOf(this.LA(0)) } }));
  });

  private readonly shapeAxis = this.RULE('shapeAxis', (): tree.ShapeAxis => {
    const keyword = this.CONSUME(AxisWord);
    const name = this.OPTION(() => this.CONSUME(Identifier));
    this.OPTION1(() => this.SUBRULE(this.junk));
    const groups: tree.ShapeGroup[] = [];
    this.ACTION(() => {
      if (this.LA(0) === keyword) this.expected('ROWS', keyword);
      else if (this.LA(0) === name && this.LA(1).tokenType !== GroupWord) this.expected('GROUP', name);
    });
    this.MANY(() => groups.push(this.SUBRULE(this.shapeGroup)));
    const orderBy: tree.OrderKey[] = [];
    this.OPTION2(() => this.SUBRULE(this.orderClause, { ARGS: [orderBy] }));
    return this.ACTION(() => ({
      name: name === undefined ? undefined : nameOf(name), groups, orderBy, span: { start: keyword.startOffset, end: endOf(this.LA(0)) },
    }));
  });

  private readonly shapeGroup = this.RULE('shapeGroup', (): tree.ShapeGroup => {
    const keyword = this.CONSUME(GroupWord);
    const columns = this.SUBRULE(this.demanded, { ARGS: [keyword] });
    const total = this.OPTION(() => {
      const word = this.CONSUME(TotalWord);
      const column = this.OPTION1(() => this.SUBRULE(this.expression));
      this.OPTION2(() => this.SUBRULE(this.junk));
      return this.ACTION(() => this.required(column, word));
    });
    return this.ACTION(() => ({ columns, total, span: { start: keyword.startOffset, end: endOf(this.LA(0)) } }));
  });
}
