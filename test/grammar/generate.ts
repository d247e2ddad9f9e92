// DAX at random, all of it right: expressions, definitions and queries, with white space and comments anywhere.
import fc from 'fast-check';

type Texts = fc.Arbitrary<string>;

const join = (...parts: readonly (Texts | string)[]): Texts =>
  fc.tuple(...parts.map((it) => (typeof it === 'string' ? fc.constant(it) : it))).map((it) => it.join(''));
const listOf = (item: Texts, minLength: number, maxLength: number): Texts => fc.array(item, { minLength, maxLength }).map((it) => it.join(', '));

const table = fc.constantFrom('Sales', "'Fact Session'", "'Agent''s queue'", 'Größe', '_t1', "'VAR'");
const column = fc.constantFrom('[a]', '[a]]b]', '[Load %]', '[@Col]', '[1, 2 (c); "d"]', '[--x]', '[ ]');
const name = fc.constantFrom('x', '_total', '__DS0Core', 'Rate2', 'Jahr', 'größe');
const fn = fc.constantFrom('SUM', 'calculate', 'STDEV.S', 'INFO.VIEW.TABLES', 'T.DIST.2T', 'My.Own.Function', 'TRUE', 'If', 'ABS');
const literal = fc.constantFrom(
  '1', '1.', '.5', '2.50', '3.1E-1', '1e3', '192350001', '"s"', '""', '"say ""hi"""', '"// no -- comment /*"', '"two\nlines"', 'TRUE', 'false',
  'dt"2024-01-31"', 'DT"2024-1-9 6:30:00"', 'dt"2015-1-9T02:30:00"', '@p', 'ASC', 'DENSE', 'DAY', 'ABS',
);

export const { expression: expressions } = fc.letrec<{ expression: string }>((tie) => {
  const expression = tie('expression');
  const argument = fc.oneof({ weight: 6, arbitrary: expression }, { weight: 1, arbitrary: fc.constant('') });
  const given = fc.array(argument, { maxLength: 4 }).map((it) => (it.length === 1 && it[0] === '' ? '' : it.join(', ')));
  const block = fc.tuple(fc.array(join(' VAR ', name, ' = ', expression), { minLength: 1, maxLength: 3 }), expression).map(([vars, e]) => `${vars.join('')} RETURN ${e}`);
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal, column, join(table, column), join(table, ' ', column), table, name,
      join(expression, ' ', fc.constantFrom('+', '-', '*', '/', '^', '&', '=', '==', '<>', '<', '>', '<=', '>=', 'IN', 'in', '&&', '||'), ' ', expression),
      join(fc.constantFrom('-', '+', 'NOT', 'not'), ' ', expression),
      join('(', expression, ')'),
      join(fn, '(', given, ')'),
      join('{ ', listOf(expression, 1, 3), ' }'),
      join('{ (', listOf(expression, 2, 3), ') }'),
      join('(', listOf(expression, 2, 3), ') IN ', table),
      join('DATATABLE("a", INTEGER, { { ', literal, ' }, { 1, , ', literal, ' }, {} })'),
      join('(', block, ')'), block,
    ),
  };
});

const docs = fc.constantFrom('', '', '/// What it is.\n/// @format #,0\n', '///\n', '///no blank\n', '// a remark\n');
const assign = fc.constantFrom(' = ', ' := ', '\n    = ');
const hint = fc.constantFrom(
  '', ': ANYVAL', ': scalar', ': Table expr', ': AnyRef EXPR', ': CALENDARREF', ': columnref', ': MEASUREREF EXPR', ': TABLEREF', ': INT64 VAL', ': Int64', ': SCALAR DECIMAL VAL',
  ': Scalar Double expr', ': STRING', ': DATETIME', ': BOOLEAN EXPR', ': NUMERIC', ': VARIANT VAL', ': VAL', ': EXPR',
);
const parameter = fc.oneof(join(name, hint), join(name, hint, ' = ', expressions));
const parameters = fc.tuple(listOf(parameter, 0, 4), fc.constantFrom('', ',')).map(([all, comma]) => (all === '' ? '' : all + comma));
const key = join(expressions, fc.constantFrom('', ' ASC', ' desc'));
const order = join('\n  ORDER BY ', listOf(key, 1, 3));
const group = join('\n  GROUP ', listOf(column, 1, 2), fc.oneof(fc.constant(''), join(' TOTAL ', column)));
const axis = join('\n AXIS ', fc.constantFrom('ROWS', 'columns'), group, fc.oneof(fc.constant(''), group), fc.oneof(fc.constant(''), join(' ORDER BY ', listOf(join(column, fc.constantFrom('', ' ASC', ' DESC')), 1, 2))));
const shape = join('\n WITH VISUAL SHAPE', axis, fc.oneof(fc.constant(''), axis), fc.constantFrom('', '\n DENSIFY "IsDensified"'));

const measure = join('MEASURE ', table, column, assign, expressions);
const calculatedColumn = join('COLUMN ', table, column, ' = ', expressions);
const calculatedTable = join('TABLE ', fc.constantFrom('Recent', "'The recent'", '__DS0VisualCalcs'), ' = ', expressions, fc.oneof(fc.constant(''), shape));
const userFunction = join('FUNCTION ', fc.constantFrom('Half', 'Text.Half', "'A.B'", 'Test.f_2'), ' = (', parameters, ') => ', expressions);
const plain = join(
  fc.constantFrom('Sessions rejected', 'Load %', "Agent's rate", '# sessions', '28-day sessions', 'Avg. speed to answer (sec)_FactConversation', "'Sessions, all'", '% of total', 'In transit sessions'),
  fc.oneof(join(fc.constantFrom(' = ', ' := ', '='), expressions), join(' =\n  (', expressions, ')')),
);

export const definitions: Texts = fc.array(join(docs, fc.oneof(plain, measure, calculatedColumn, calculatedTable, userFunction)), { minLength: 1, maxLength: 3 })
  .map((it) => it.join('\n\n'));

const member = join('\n', docs, fc.oneof(measure, calculatedColumn, calculatedTable, userFunction, join('VAR ', name, ' = ', expressions), join('MPARAMETER ', fc.constantFrom("'Country Parameter'", 'Brands'), ' = ', expressions)));
const evaluate = fc.oneof(
  join('\nEVALUATE ', expressions), join('\nEVALUATE\n  FILTER(', expressions, ', ', expressions, ')', order),
  join('\nEVALUATE ', expressions, '\n  ORDER BY ', key, fc.constantFrom(' START AT @from', ' start at "x"', ' START AT -1', ' START AT dt"2024-01-31"')),
);

export const queries: Texts = fc.tuple(
  docs, fc.oneof(fc.constant(''), fc.array(member, { minLength: 1, maxLength: 3 }).map((it) => `DEFINE${it.join('')}`)), fc.array(evaluate, { minLength: 1, maxLength: 2 }),
).map(([top, define, evaluates]) => top + (define + evaluates.join('')).trimStart());

const blanks = fc.constantFrom(
  ' ', ' ', ' ', '\t', '\n', '\r\n', '\v', '\f', '\u0085', '\u00a0', '\u1680', '\u2003', '\u2028', '\u2029', '\u202f', '\u3000', '\ufeff', ' // "note"\n', ' -- it\'s\r\n', ' /* two\nlines [ */ ',
);

/** The same tokens, with other white space and comments between them. */
export const scattered = (texts: Texts): Texts => fc.tuple(texts, fc.infiniteStream(blanks)).map(([text, stream]) => {
  // Strings and names keep the blanks inside them.
  const parts = text.match(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|\s+|[^\s"'[]+/g) ?? [];
  return parts.map((it) => (/^\s+$/.test(it) ? String(stream.next().value) : it)).join('');
});
