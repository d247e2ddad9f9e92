// Hostile files: each gives a clear finding, in bounded time, and nothing throws.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readEntitySchema, readModelFile, readProjectFile, resolveModel, type ModelLoader } from '../../server/src/formats/index.ts';
import { allRules } from '../../server/src/lint/index.ts';
import { readDocument } from '../../server/src/documents/index.ts';
import { faultsOf, read } from './tables.ts';
import { within } from '../support/within.ts';

/** Generous: what takes longer is not linear. */
const seconds = 10;

const timed = <T>(run: () => T): T => within(seconds, run);

const messages = (text: string, name = 'a.daxmodel.yaml'): readonly string[] => timed(() => readModelFile(`file:///${name}`, text).findings.map((it) => it.message));

const megabytes = (unit: string, count = 5): string => unit.repeat(Math.ceil((count * 1024 * 1024) / unit.length));

describe('a model file of hostile YAML', () => {
  it('repeats itself by aliases without end', () => {
    const levels = Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} [${Array.from({ length: 10 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`);
    expect(messages(`name: m\n${levels.join('\n')}\n`)).toContain('The file cannot be read: aliases repeat more than 10,000 values.');
  });

  it('has an alias inside its own anchor, and one to nowhere', () => {
    expect(messages('name: m\ntables: &t\n  A: *t\n')).toContain('The file cannot be read: the alias stands inside its own anchor.');
    expect(messages('name: *nowhere\n')).toEqual(['The file cannot be read: the alias leads to no anchor before it.']);
  });

  it.each([
    ['brackets', '['.repeat(10_000)], ['braces', '{a: '.repeat(10_000)], ['lists', '- '.repeat(10_000)], ['mappings', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['keys', '? '.repeat(10_000)], ['closed brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
  ])('nests 10,000 deep: %s', (_, text) => {
    expect(messages(`name: m\ntables: \n${text.replace(/^/gm, '  ')}\n`)[0]).toBe('The file cannot be read: it is nested deeper than 60 levels.');
  });

  it('has a line of 5 MB', () => {
    expect(messages(`name: m\ndescription: ${megabytes('x')}\n`)).toEqual([]);
    expect(messages(`name: m\ntables: { T: { dax: "${megabytes('[a] + ')}1" } }\n`)).toEqual([]);
    expect(messages(`name: ${megabytes('x')}\n`)[0]).toMatch(/^Name must be a name of 1 to 512 characters; found the text x{60}….$/);
    expect(messages(`name: m\n${megabytes('x')}: 1\n`)).not.toEqual([]);
    expect(messages(megabytes('a: b: '))).not.toEqual([]);
    expect(messages(megabytes('"'))).not.toEqual([]);
    expect(messages(megabytes('\t'))).toEqual([]);
  });

  it('has 50,000 tables, or as many unknown keys, or one table twice', () => {
    const many = (line: (i: number) => string): string => Array.from({ length: 50_000 }, (_, i) => line(i)).join('\n');
    expect(messages(`name: m\ntables:\n${many((i) => `  T${i}: { source: a.csv }`)}\n`)).toEqual([]);
    expect(messages(`name: m\n${many((i) => `key${i}: 1`)}\n`)).toHaveLength(100);
    expect(messages(`name: m\ntables:\n${many(() => '  T: { source: a.csv }')}\n`).length).toBeLessThanOrEqual(100);
  });

  it('has a long block of DAX whose lines are all alike', () => {
    const text = `name: m\ntables:\n  T:\n    dax: >\n${megabytes('      a +\n', 2)}      1\n`;
    const { raw } = timed(() => readModelFile('file:///a.daxmodel.yaml', text));
    expect(raw?.tables[0]?.source?.kind).toBe('dax');
  });

  it('has control characters, lone surrogates, other line ends', () => {
    for (const sign of ['\0', '\u001b', '\uD800', '\u2028', '\uFEFF', '\u0085', '\r']) {
      expect(() => messages(`name: m${sign}x\ntables: { "${sign}": { source: "${sign}" } }\n`)).not.toThrow();
    }
  });

  it('is any text', () => {
    const piece = fc.constantFrom('name', ': ', '\n', '  ', '- ', '{', '}', '[', ']', '"', "'", '|', '>', '&a', '*a', '#', 'tables', 'columns', 'dax', '!', '!!map', '?', '\t', 'x', '---', '<<', '%YAML', ',', '\\', '1');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const { raw, findings } = readModelFile('file:///a.daxmodel.yaml', text);
      for (const it of findings) expect(it.span.start >= 0 && it.span.end <= text.length && it.span.start <= it.span.end).toBe(true);
      const loader: ModelLoader = { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) };
      if (raw !== undefined) resolveModel(raw, loader);
      readDocument('file:///a.daxmodel.yaml', 'yaml', text);
    }), { numRuns: 1000 });
  });
});

describe('hostile JSON', () => {
  it('nests 100,000 deep', () => {
    expect(messages('['.repeat(100_000), 'a.daxmodel.json')).toEqual(['The file cannot be read: it is nested deeper than 60 levels.']);
    expect(timed(() => readProjectFile('file:///dax-metrics.json', '{"a":'.repeat(100_000), allRules).findings.map((it) => it.message))).toContain('The file cannot be read: it is nested deeper than 60 levels.');
    expect(timed(() => readEntitySchema('file:///a.json', '{"a":'.repeat(100_000)).fault?.line)).toBe(1);
  });

  it('is long', () => {
    expect(messages(`{"name": "${megabytes('x')}`, 'a.daxmodel.json')[0]).toBe('The file cannot be read: the text is never closed.');
    expect(messages(`{"name": "m", "description": "${megabytes('\\n')}"}`, 'a.daxmodel.json')).toEqual([]);
    expect(messages(megabytes('1'), 'a.daxmodel.json')).toHaveLength(1);
    expect(messages(megabytes(' '), 'a.daxmodel.json')).toHaveLength(1);
  });

  it('is any text', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', 'name', '"name"', '"tables"', '"choices"', '1', '-', 'true', 'null', '\\', '\\u12', ' ', '\n', '"rules"', '"__proto__"');
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      for (const it of readModelFile('file:///a.daxmodel.json', text).findings) expect(it.span.start >= 0 && it.span.end <= text.length).toBe(true);
      readProjectFile('file:///dax-metrics.json', text, allRules);
      readEntitySchema('file:///a.json', text);
      read(text, { format: 'json' });
      read(text, { format: 'ndjson' });
    }), { numRuns: 1000 });
  });
});

describe('a hostile data file', () => {
  const open = (text: string, format: 'csv' | 'json' | 'ndjson' = 'csv'): readonly string[] => timed(() => faultsOf(read(text, { format, maximumBytes: 1e9, maximumRows: 1e7 })));

  it('is one quote that is never closed', () => {
    expect(open(`A\n"${megabytes('x\n', 20)}`)).toEqual(['data-malformed {"place":"line 2","problem":"the quote that opens field 1 is never closed"}']);
  });

  it('is one long line, or nothing but signs', () => {
    expect(open(`A\n${megabytes('x', 20)}`)).toEqual([]);
    expect(open(`${megabytes('""')}"`)).toHaveLength(1);
    expect(open(megabytes(',', 1))).toEqual([]);
    expect(open(megabytes('\r'))).toHaveLength(1);
    expect(open(`A\n${megabytes('""\n')}`)).toEqual([]);
  });

  it('has 100,000 columns, named late and alike', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`);
    expect(open(`${names.join(',')}\n${names.map(() => '1').join(',')}\n`)).toEqual([]);
    expect(open(`${names.map(() => 'c').join(',')}\n`)).toEqual(['data-malformed {"place":"line 1","problem":"the column \\"c\\" stands twice"}']);
  });

  it('nests deep in a cell', () => {
    expect(open(`[{"a": ${'['.repeat(100_000)}`, 'json')).toEqual(['data-malformed {"place":"line 1","problem":"nested deeper than 1000 levels"}']);
    expect(open(`[{"a": ${'['.repeat(900)}${']'.repeat(900)}}]`, 'json')).toEqual([]);
  });

  it('is one long text or number', () => {
    expect(open(`[{"a": "${megabytes('\\u0041', 5)}"}]`, 'json')).toEqual([]);
    expect(open(`[{"a": ${megabytes('1')}}]`, 'json')).toHaveLength(1);
    expect(open(`[{"a": "${megabytes('x')}`, 'json')).toHaveLength(1);
  });

  it('has cells that no message may carry whole', () => {
    const cell = `\u001b[31m\u202e${'y'.repeat(1000)}\n|x`;
    const [fault = ''] = faultsOf(read(`A\n"${cell}"\n`, { columns: { A: 'int64' } }));
    expect(fault).toBe(`data-cell-type {"place":"line 2","column":"A","type":"int64","value":"\\"[31m ${'y'.repeat(35)}…\\"","more":0}`);
  });
});

describe('a hostile page', () => {
  const regionsOf = (text: string): number => timed(() => readDocument('file:///a.md', 'markdown', `${text}\n\`\`\`dax\nA\n\`\`\`\n`).regions.length);

  it.each([
    ['backticks', megabytes('`')], ['hashes', megabytes('#')], ['quotes', megabytes('>')], ['quote marks with blanks', megabytes('> ')], ['list marks', megabytes('- ')], ['numbers', megabytes('1. ')],
    ['dashes', megabytes('-')], ['pipes', megabytes('|')], ['brackets', `# ${megabytes('[')}`], ['links', `# ${megabytes('[a](#tab/b)')}`], ['tags', megabytes('<a ')], ['comments', megabytes('<!-- -->')],
    ['blanks', megabytes(' ')], ['tabs', megabytes('\t')], ['asterisks', `# ${megabytes('*')}`], ['stars', megabytes('* ')], ['backslashes', megabytes('\\|')], ['html', `<${megabytes('x')}`],
    ['nested lists', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i * 2)}- x`).join('\n')], ['open containers and blank lines', `${'- '.repeat(50_000)}x\n${'\n'.repeat(50_000)}`],
    ['paragraph lines', megabytes('x\n', 2)], ['table rows', `|Element|Value|\n|-|-|\n${megabytes('|a|b|\n', 2)}`], ['headings', megabytes('# x\n', 2)], ['tabs of tabs', megabytes('# [x](#tab/y)\n', 2)],
    ['fences', megabytes('```dax\n1\n```\n', 2)], ['unclosed quotes of fences', megabytes('> ```dax\n1\n', 2)],
  ])('of 5 MB of %s', (_, text) => {
    expect(regionsOf(text)).toBeGreaterThanOrEqual(0);
  });

  it('is searched for a fence in linear time', () => {
    for (const unit of ['`', '``` ', '~', '```    ']) timed(() => readDocument('file:///a.md', 'markdown', megabytes(unit)));
  });

  it('has one long fence', () => {
    expect(regionsOf(`\`\`\`dax\n${megabytes('A = 1\n')}\`\`\``)).toBe(2);
    expect(regionsOf(`- \`\`\`dax\n${megabytes('  A = 1\n', 2)}`)).toBe(2);
  });

  it('has front matter that is a bomb', () => {
    const bomb = Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} [${Array.from({ length: 10 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`).join('\n');
    expect(regionsOf(`---\n${bomb}\ndax-model: *a19\n---\n`)).toBe(1);
    expect(regionsOf(`---\ndax-model: ${'['.repeat(50_000)}\n---\n`)).toBe(1);
  });

  it('is any text', () => {
    const piece = fc.constantFrom('```dax', '```', '~~~', '\n', '\r\n', '> ', '- ', '1. ', '  ', '    ', '\t', '# ', '---', '===', '|', '[x](#tab/a)', '<!--', '-->', '<div>', 'A = 1', 'model=x', '*');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = `${parts.join('')}\n`;
      const page = readDocument('file:///a.md', 'markdown', text);
      let last = 0;
      for (const it of page.regions) {
        expect(it.span.start).toBeGreaterThanOrEqual(last);
        last = it.span.end;
        const whole = it.map.map((piece) => text.slice(piece.document, piece.document + piece.length)).join('');
        expect(whole).toBe(it.text);
      }
    }), { numRuns: 2000 });
  });
});
