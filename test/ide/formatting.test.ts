// Formatting of documents: fences keep their page, findings stay, and edits are no larger than what they change.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { applied, layoutEdits } from '../../grammar/src/index.ts';
import { readDocument } from '../../server/src/documents/index.ts';
import { formatEdits, formatted, type Formattable } from '../../server/src/ide/formatting/format.ts';
import { onTypeFormatting } from '../../server/src/ide/formatting/formatting.ts';
import { defaultFormat, defaultIndentation, layoutOptions } from '../../server/src/ide/formatting/style.ts';
import { rules } from '../../server/src/lint/rules/index.ts';
import { definitions, queries } from '../grammar/generate.ts';
import { lintText } from '../support/lint.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from '../lint/model.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = (text: string): Formattable => ({ uri: 'file:///p.md', languageId: 'markdown', text });
const file = (text: string): Formattable => ({ uri: 'file:///m.dax', languageId: 'dax', text });
const layout = (it: Formattable, maxWidth = 40): string => formatted(it, { ...defaultFormat, maxWidth }, defaultIndentation);

describe('a page', () => {
  const call = 'M = f([aaaaaaaaaaaaaaaa], [bbbbbbbbbbbbbbbb])';

  it.each([
    ['a fence', `text\n\n\`\`\`dax\n${call}\n\`\`\`\nmore   text\n`, 'text\n\n```dax\nM =\n    f (\n        [aaaaaaaaaaaaaaaa],\n        [bbbbbbbbbbbbbbbb]\n    )\n```\nmore   text\n'],
    ['a fence in a list', `- item\n\n  ~~~ dax\n  ${call}\n  ~~~\n`, '- item\n\n  ~~~ dax\n  M =\n      f (\n          [aaaaaaaaaaaaaaaa],\n          [bbbbbbbbbbbbbbbb]\n      )\n  ~~~\n'],
    ['a fence in a quote', `> \`\`\`dax\n> ${call}\n>\n>\n> N =  1\n> \`\`\`\n`, '> ```dax\n> M =\n>     f (\n>         [aaaaaaaaaaaaaaaa],\n>         [bbbbbbbbbbbbbbbb]\n>     )\n>\n>\n> N = 1\n> ```\n'],
    ['lines that are joined', '> ```dax\n> M =\n>   1 +\n>   2\n> ```\n', '> ```dax\n> M = 1 + 2\n> ```\n'],
    ['line ends of two characters', `1. item\r\n   \`\`\`dax\r\n   ${call}\r\n   \`\`\`\r\n`, '1. item\r\n   ```dax\r\n   M =\r\n       f (\r\n           [aaaaaaaaaaaaaaaa],\r\n           [bbbbbbbbbbbbbbbb]\r\n       )\r\n   ```\r\n'],
    ['a fence that is not closed', '```dax\nM =  1\n', '```dax\nM = 1\n'],
    ['a fence beside one with a fault', '```dax\nM =  f(\n```\n\n```dax\nN =  1\n```\n', '```dax\nM =  f(\n```\n\n```dax\nN = 1\n```\n'],
    ['a fence of another language', '```sql\nselect  1\n```\n', '```sql\nselect  1\n```\n'],
  ])('%s', (_, text, expected) => {
    expect(layout(page(text))).toBe(expected);
    expect(layout(page(expected))).toBe(expected);
  });

  it('has the layout of each fence, and nothing else in it changes, whatever stands before its lines', () => {
    const options = layoutOptions({ ...defaultFormat, maxWidth: 40 }, defaultIndentation);
    fc.assert(fc.property(
      fc.oneof(definitions, queries), fc.constantFrom(['', ''], ['- ', '  '], ['> ', '> '], ['> - ', '>   '], ['1. > ', '   > '], ['   ', '   '], ['\t', '']),
      fc.constantFrom('\n', '\r\n'), fc.boolean(),
      (dax, [first = '', rest = ''], lineEnd, closed) => {
        fc.pre(!dax.includes('\r') && first !== '\t');
        const lines = ['```dax', ...dax.split('\n'), ...(closed ? ['```'] : [])];
        const text = `before${lineEnd}${lineEnd}${lines.map((it, i) => (i === 0 ? first : rest) + it).join(lineEnd)}${lineEnd}`;
        const before = readDocument('file:///p.md', 'markdown', text).regions.map((it) => it.text);
        const after = layout(page(text));
        const regions = readDocument('file:///p.md', 'markdown', after).regions.map((it) => it.text);
        expect(regions).toEqual(before.map((it) => applied(it, layoutEdits(it, options))));
        expect(after.startsWith(`before${lineEnd}${lineEnd}${first}\`\`\`dax${lineEnd}`)).toBe(true);
        expect(layout(page(after))).toBe(after);
      },
    ), { numRuns: 300, seed: 3 });
  });
});

describe('the files of the samples', () => {
  const files = globSync(['samples/**/*.{dax,md}'], { cwd: root });

  it.each(files)('%s is its own layout the second time, with the same words in the same order', (name) => {
    const text = readFileSync(path.join(root, name), 'utf8');
    const it = name.endsWith('.dax') ? file(text) : page(text);
    const once = layout(it, 100);
    expect(layout({ ...it, text: once }, 100)).toBe(once);
    expect(once.replace(/[\s>]+/g, '').toUpperCase()).toBe(text.replace(/[\s>]+/g, '').toUpperCase());
  });
});

describe('findings', () => {
  /** What these say is what a layout mends. */
  const mended = new Set(['function-casing', 'space-before-bracket']);
  const said = (text: string): readonly string[] =>
    lintText(text, contact).filter((it) => !mended.has(it.rule)).map((it) => `${it.rule}: ${it.message} at ${text.slice(it.span.start, it.span.end)}`.replace(/\s+/g, '').toUpperCase());

  const examples = rules.flatMap((it) => ('bad' in it ? [[it.id, it.bad] as const, [it.id, it.good] as const] : []));

  it.each(examples)('of the example of %s stay', (_, text) => {
    expect(said(layout(file(text)))).toEqual(said(text));
  });
});

describe('edits', () => {
  it('are as small as can be', () => {
    const text = '\ufeffA = 1\n\nM =f([a],\n  [b] )\n';
    expect(formatEdits(file(text), { ...defaultFormat, parentheses: 'compact' }, defaultIndentation)).toEqual([
      { span: { start: 11, end: 11 }, newText: ' ' },
      { span: { start: 17, end: 19 }, newText: '' },
      { span: { start: 23, end: 24 }, newText: '' },
    ]);
  });

  it('do not cut a line end of two characters', () => {
    const text = 'M =\r\nvar x = 1\r\n\r\n\r\nreturn x\r\n';
    for (const { span } of formatEdits(file(text), defaultFormat, defaultIndentation)) {
      for (const at of [span.start, span.end]) expect(text.slice(at - 1, at + 1)).not.toBe('\r\n');
    }
    expect(layout(file(text))).toBe('M =\r\n    VAR x = 1\r\n\r\n    RETURN\r\n        x\r\n');
  });

  it('of a part are those of the definitions that it touches', () => {
    const text = 'A =1\n\nB =2\n\nC =3\n';
    const at = text.indexOf('B');
    expect(applied(text, formatEdits(file(text), defaultFormat, defaultIndentation, { start: at, end: at + 1 }))).toBe('A =1\n\nB = 2\n\nC =3\n');
    const fence = '```dax\nA =1\n```\n\n> ```dax\n> B =2\n>\n> C =3\n> ```\n';
    const inside = fence.indexOf('C');
    expect(applied(fence, formatEdits(page(fence), defaultFormat, defaultIndentation, { start: inside, end: inside }))).toBe('```dax\nA =1\n```\n\n> ```dax\n> B =2\n>\n> C = 3\n> ```\n');
  });
});

describe('while one types', () => {
  /** The text after the character before `$0` was typed. */
  async function after(source: string): Promise<string> {
    const { workspace, uri, offset } = await openFixture(source);
    const text = (await workspace.document(uri))?.text ?? '';
    const character = text[offset - 1] === ')' ? ')' : '\n';
    return applied(text, await onTypeFormatting(workspace, uri, offset, character, defaultIndentation));
  }

  it.each([
    ['a line in brackets is indented', 'M = f(\n$0', 'M = f(\n    '],
    ['one more argument stands below the last', 'M =\n    f(\n        1,\n$0', 'M =\n    f(\n        1,\n        '],
    ['a body is indented', 'M =\n$0', 'M =\n    '],
    ['so is what RETURN gives', 'M =\n    VAR x = 1\n    RETURN\n$0', 'M =\n    VAR x = 1\n    RETURN\n        '],
    ['a closing bracket stands below the line of its opening one', 'M =\n    f(\n        1\n        )$0', 'M =\n    f(\n        1\n    )'],
    ['a bracket behind code moves nothing', 'M =\n  f( 1 )$0', 'M =\n  f( 1 )'],
    ['a finished definition moves nothing', 'M = 1\n$0', 'M = 1\n'],
    ['a line break inside a line moves nothing', 'M = f(\n1,$0 2)', 'M = f(\n1, 2)'],
  ])('%s', async (_, source, expected) => {
    expect(await after(source)).toBe(expected);
  });
});
