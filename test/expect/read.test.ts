// What the tags of a doc comment say, and how faults in them are reported.
import { describe, expect, it } from 'vitest';
import { spanToDocument } from '../../server/src/base/offsetMap.ts';
import { crossModelName, expectations, type DaxPart, type DocTags } from '../../server/src/expect/index.ts';
import { parseFile } from '../../grammar/src/index.ts';
import { functionNamed } from '../../server/src/functions/index.ts';
import { docs } from './docs.ts';
import { within } from '../support/within.ts';

const read = (text: string): DocTags => expectations(docs(text));
const texts = (parts: readonly DaxPart[]): readonly string[] => parts.map((it) => it.text);
const marked = (text: string, tags: DocTags): readonly string[] =>
  tags.findings.map((it) => `${it.rule}: ${text.slice(it.span.start, it.span.end)}`);

describe('the doc comment of a metric', () => {
  const text = [
    '/// Sessions that a representative rejected.',
    '/// @format #,0',
    '/// @expect 96',
    '/// @expect 12 where FactSession[ChannelId] = "192360000"',
    '/// @expect = [Sessions rejected (Dataverse)] by DimAgent[Name]',
    '/// @public',
  ].join('\n');

  it('says a description, a format and expectations', () => {
    const tags = read(text);
    expect(tags.description).toBe('Sessions that a representative rejected.');
    expect(tags.format).toBe('#,0');
    expect(tags.public).toBe(true);
    expect(tags.findings).toEqual([]);
    expect(tags.expectations.map((it) => it.kind)).toEqual(['value', 'value', 'equal']);
    expect(tags.expectations.map((it) => texts(it.where))).toEqual([[], ['FactSession[ChannelId] = "192360000"'], []]);
  });

  it('knows the place of everything', () => {
    const tags = read(text);
    const [first, second, third] = tags.expectations;
    expect(first?.kind === 'value' && text.slice(first.valueSpan.start, first.valueSpan.end)).toBe('96');
    expect(text.slice(second?.span.start, second?.span.end)).toBe('@expect 12 where FactSession[ChannelId] = "192360000"');
    expect(text.slice(second?.where[0]?.span.start, second?.where[0]?.span.end)).toBe('FactSession[ChannelId] = "192360000"');
    expect(third?.kind === 'equal' && text.slice(third.expression.span.start, third.expression.span.end)).toBe('[Sessions rejected (Dataverse)]');
    expect(text.slice(tags.formatSpan?.start, tags.formatSpan?.end)).toBe('#,0');
  });
});

it('a metric file with Windows line ends says the same', () => {
  const text = ['/// Rejected.', '/// @format #,0', '/// @expect 96', '///   where T[a] = 1', 'Rejected = 1'].join('\r\n');
  const [segment] = parseFile(text, { isFunction: (name) => functionNamed(name) !== undefined }).segments;
  if (segment?.item.kind !== 'measure' || segment.item.docs === undefined) throw new Error('no doc comment');
  const tags = expectations(segment.item.docs);
  expect(tags).toMatchObject({ description: 'Rejected.', format: '#,0', findings: [], expectations: [{ expected: { text: '96' } }] });
  const where = tags.expectations[0]?.where ?? [];
  expect(where.map((it) => segment.text.slice(it.span.start, it.span.end))).toEqual(['T[a] = 1']);
});

describe('expected values', () => {
  it.each([
    ['96', { kind: 'number', text: '96', decimals: 0, integer: true }],
    ['-3.50', { kind: 'number', text: '-3.50', decimals: 2, integer: false }],
    ['.5', { kind: 'number', text: '.5', decimals: 1, integer: false }],
    ['1.5E3', { kind: 'number', text: '1.5E3', decimals: -2, integer: false }],
    ['1E-3', { kind: 'number', text: '1E-3', decimals: 3, integer: false }],
    ['"AgentReject"', { kind: 'text', value: 'AgentReject' }],
    ['"say ""no"""', { kind: 'text', value: 'say "no"' }],
    ['"where, by ± 2"', { kind: 'text', value: 'where, by ± 2' }],
    ['""', { kind: 'text', value: '' }],
    ['dt"2025-08-11"', { kind: 'date', serial: 45880, text: 'dt"2025-08-11"' }],
    ['dt"2025-08-11T12:00:00"', { kind: 'date', serial: 45880.5, text: 'dt"2025-08-11T12:00:00"' }],
    ['TRUE', { kind: 'boolean', value: true }],
    ['false()', { kind: 'boolean', value: false }],
    ['BLANK', { kind: 'blank' }],
    ['BLANK()', { kind: 'blank' }],
    ['error', { kind: 'error', id: undefined }],
    ['error text-to-number', { kind: 'error', id: 'text-to-number' }],
  ])('%s', (text, expected) => {
    const tags = read(`/// @expect ${text}`);
    expect(tags.findings).toEqual([]);
    expect(tags.expectations).toMatchObject([{ kind: 'value', expected, tolerance: undefined, where: [] }]);
  });
});

describe('clauses', () => {
  it.each<[string, readonly string[]]>([
    ['T[a] = 1', ['T[a] = 1']],
    ['T[a] = 1, T[b] = "x"', ['T[a] = 1', 'T[b] = "x"']],
    ['T[a] IN { 1, 2 }, TREATAS({ 1, 2 }, T[b])', ['T[a] IN { 1, 2 }', 'TREATAS({ 1, 2 }, T[b])']],
    ['T[where by, within] = "a, where b"', ['T[where by, within] = "a, where b"']],
    ["'sold by, where'[a]]b, c] = 1", ["'sold by, where'[a]]b, c] = 1"]],
    ['FILTER(T, T[a] = 1 /* where by */)', ['FILTER(T, T[a] = 1 /* where by */)']],
    ['where[a] = 1', ['where[a] = 1']],
  ])('where %s', (text, filters) => {
    const tags = read(`/// @expect 5 where ${text}`);
    expect(tags.findings).toEqual([]);
    expect(tags.expectations.map((it) => texts(it.where))).toEqual([filters]);
  });

  it('a tolerance stands behind the value', () => {
    expect(read('/// @expect 0.25 ± 0.01 where T[a] = 1').expectations).toMatchObject([{ tolerance: 0.01, where: [{ text: 'T[a] = 1' }] }]);
  });

  it('an expression may be compared by several columns, under filters', () => {
    expect(read('/// @expect = DIVIDE([a], [b]) by T[x], \'T y\'[z] where T[a] = 1').expectations).toMatchObject([{
      kind: 'equal', expression: { text: 'DIVIDE([a], [b])' }, by: [{ text: 'T[x]' }, { text: "'T y'[z]" }], where: [{ text: 'T[a] = 1' }],
    }]);
  });

  it('@compare names another metric, columns and a bound', () => {
    expect(read('/// @compare [realtime::Sessions rejected] by DimAgent[Name], DimDate[Month] within 2').compares).toMatchObject([{
      kind: 'compare', other: { text: '[realtime::Sessions rejected]' }, by: [{ text: 'DimAgent[Name]' }, { text: 'DimDate[Month]' }], within: 2, where: [],
    }]);
  });
});

describe('a metric of another model', () => {
  it.each([
    ['[realtime::Sessions rejected]', { model: 'realtime', metric: 'Sessions rejected' }],
    ['[real time::a]]b::c]', { model: 'real time', metric: 'a]b::c' }],
    ['[Sessions rejected]', undefined],
    ['[::x]', undefined],
    ['[realtime::x] + 1', undefined],
  ])('%s', (text, named) => {
    const [tag] = read(`/// @expect = ${text} by T[a]`).expectations;
    expect(tag?.kind === 'equal' ? crossModelName(tag.expression) : 'none').toEqual(named);
  });
});

describe('a tag goes on in deeper-indented lines', () => {
  const text = [
    '  /// @expect 12',
    '  ///   where FactSession[ChannelId] = "192360000",',
    '  ///     FactSession[IsAgentSession]',
    '  /// Not part of it.',
  ].join('\n');

  it('and each part knows its place in them', () => {
    const tags = read(text);
    const where = tags.expectations[0]?.where ?? [];
    expect(texts(where)).toEqual(['FactSession[ChannelId] = "192360000"', 'FactSession[IsAgentSession]']);
    expect(where.map((it) => text.slice(it.span.start, it.span.end))).toEqual(texts(where));
    expect(tags.description).toBe('Not part of it.');
  });

  it('DAX that spans lines leads back to them', () => {
    const long = ['/// @expect = CALCULATE(', '///     [a],', '///     T[b] = 1)'].join('\n');
    const [tag] = read(long).expectations;
    if (tag?.kind !== 'equal') throw new Error('no expression');
    const at = tag.expression.text.indexOf('T[b]');
    const place = spanToDocument(tag.expression.map, { start: at, end: at + 'T[b] = 1)'.length });
    expect(long.slice(place.start, place.end)).toBe('T[b] = 1)');
    expect(long.slice(tag.expression.span.start, tag.expression.span.end)).toMatch(/^CALCULATE\([\s\S]*T\[b\] = 1\)$/);
  });

  it('a blank line ends it', () => {
    expect(read('/// @expect 1\n///\n///   where T[a] = 1').expectations).toMatchObject([{ where: [] }]);
  });
});

describe('rows', () => {
  it('are asked for by a comparison, beside groups or alone', () => {
    expect(read('/// @compare [b] by T[q] rows T[id], T[n] within 2 where T[a] = 1').compares)
      .toMatchObject([{ by: [{ text: 'T[q]' }], rows: [{ text: 'T[id]' }, { text: 'T[n]' }], within: 2, where: [{ text: 'T[a] = 1' }] }]);
    expect(read('/// @compare [b] rows T[id]').compares).toMatchObject([{ by: [], rows: [{ text: 'T[id]' }] }]);
  });

  it('is a name like any other in the DAX of an expectation, and before a bracket', () => {
    expect(read('/// @expect = VAR rows = 1 RETURN rows').expectations).toMatchObject([{ expression: { text: 'VAR rows = 1 RETURN rows' } }]);
    expect(read('/// @compare [b] by rows[q]').compares).toMatchObject([{ by: [{ text: 'rows[q]' }], rows: [] }]);
  });

  it('wants a column', () => {
    expect(read('/// @compare [b] by T[q] rows').findings[0]?.message).toBe('@compare cannot be read: a column is missing after rows.');
  });
});

describe('faults stand at their place', () => {
  it.each([
    ['/// @expct 96', 'unknown-tag: @expct', 'The tag @expct is not known. Did you mean @expect?'],
    ['/// @todo later', 'unknown-tag: @todo', 'The tag @todo is not known.'],
    ['/// @expect', 'malformed-tag: @expect', '@expect cannot be read: a value is missing.'],
    ['/// @expect ninety', 'malformed-tag: ninety', '@expect cannot be read: ninety is no literal; text stands in double quotes.'],
    ['/// @expect 5.1 %', 'malformed-tag: 5.1 %', '@expect cannot be read: 5.1 % is no literal of DAX; write the number that the metric gives, such as 0.051.'],
    ['/// @expect 1,234', 'malformed-tag: 1,234', '@expect cannot be read: numbers are written without separators: 1234.'],
    ['/// @expect [Other]', 'malformed-tag: [Other]', '@expect cannot be read: [Other] is no literal; an expression stands after an equals sign.'],
    ['/// @expect dt"2025-02-30"', 'malformed-tag: dt"2025-02-30"', '@expect cannot be read: dt"2025-02-30" is no date; write dt"YYYY-MM-DD" or dt"YYYY-MM-DDThh:mm:ss".'],
    ['/// @expect error text-to-numer', 'malformed-tag: error text-to-numer', '@expect cannot be read: there is no error text-to-numer, did you mean text-to-number.'],
    ['/// @expect 5 where', 'malformed-tag: where', '@expect cannot be read: a filter is missing after where.'],
    ['/// @expect 5 where T[a] = 1,', 'malformed-tag: where T[a] = 1,', '@expect cannot be read: a filter is missing beside a comma.'],
    ['/// @expect 5 where T[a] = 1 where T[b] = 1', 'malformed-tag: where', '@expect cannot be read: where stands twice.'],
    ['/// @expect 5 by T[a]', 'malformed-tag: by', '@expect cannot be read: by has no meaning here.'],
    ['/// @expect 5 ± x', 'malformed-tag: ± x', '@expect cannot be read: ± wants a number that is not negative.'],
    ['/// @expect BLANK ± 1', 'malformed-tag: BLANK', '@expect cannot be read: ± stands only behind a number.'],
    ['/// @expect 5 where T[a] IN { 1', 'malformed-tag: {', '@expect cannot be read: this { is never closed.'],
    ['/// @expect 5 where T[a] = "x', 'malformed-tag: "x', '@expect cannot be read: this " is never closed.'],
    ['/// @expect 5 where f(1))', 'malformed-tag: )', '@expect cannot be read: this ) closes nothing.'],
    ['/// @expect = by T[a]', 'malformed-tag: =', '@expect cannot be read: an expression is missing after the equals sign.'],
    ['/// @compare Sessions by T[a]', 'malformed-tag: Sessions', '@compare cannot be read: the name of another metric in square brackets is missing.'],
    ['/// @compare [b]', 'malformed-tag: @compare [b]', '@compare cannot be read: the columns to compare by are missing, as in by Table[Column].'],
    ['/// @format', 'malformed-tag: @format', '@format cannot be read: a format string is missing.'],
    ['/// @public yes', 'malformed-tag: yes', '@public cannot be read: nothing may follow it.'],
  ])('%s', (text, place, message) => {
    const tags = read(text);
    expect(marked(text, tags)).toEqual([place]);
    expect(tags.findings[0]?.message).toBe(message);
    expect(tags.findings[0]?.severity).toBe('warning');
    expect(tags.expectations).toEqual([]);
  });

  it('a misspelt tag has its fix', () => {
    expect(read('/// @compar [b] by T[a]').findings[0]?.fixes[0]?.edits).toEqual([{ span: { start: 4, end: 11 }, newText: '@compare' }]);
  });

  it('one bad tag leaves the others intact', () => {
    const tags = read('/// @expect x\n/// @expect 5');
    expect(tags.expectations).toHaveLength(1);
    expect(tags.findings).toHaveLength(1);
  });
});

describe('what is no tag', () => {
  it.each(['/// Ask sam@example.com about it.', '/// 5 @ 3', '/// @', '/// @ 5'])('%s', (text) => {
    const tags = read(text);
    expect(tags.findings).toEqual([]);
    expect(tags.description).toBe(text.slice(4));
  });

  it('the tags of a function are left alone', () => {
    expect(read('/// Adds.\n/// @param {int64} a - one\n/// @returns the sum').findings).toEqual([]);
  });
});

it('a hostile comment is read in time that grows with its length', () => {
  const text = `/// @expect ${'('.repeat(100_000)} where ${'by '.repeat(50_000)}`;
  expect(within(2, () => read(text).findings)).toHaveLength(1);
});
