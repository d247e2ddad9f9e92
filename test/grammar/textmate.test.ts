// Colours: what the TextMate grammar calls each part of DAX, in .dax files and in fences of Markdown.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRegistryFromGrammars } from 'vscode-tmgrammar-test/dist/common/index.js';
import { dedent } from './support.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Contribution {
  readonly grammars: readonly { readonly scopeName: string; readonly path: string; readonly injectTo?: string[]; readonly embeddedLanguages?: Record<string, string> }[];
  readonly languages: readonly { readonly id: string; readonly configuration: string }[];
}
const { contributes } = JSON.parse(read('package.json')) as { contributes: Contribution };

/** Stands in for the editor's Markdown grammar: block quotes and lists hold blocks, other fences hold text. */
const markdown = {
  scopeName: 'text.html.markdown',
  patterns: [{ include: '#block' }],
  repository: {
    block: { patterns: [{ include: '#fence' }, { include: '#quote' }, { include: '#list' }, { include: '#paragraph' }] },
    fence: {
      name: 'markup.fenced_code.block.markdown', begin: '(^|\\G)(\\s*)(`{3,}|~{3,})\\s*(?=([^`]*)?$)', end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
    },
    quote: {
      name: 'markup.quote.markdown', begin: '(^|\\G)[ ]{0,3}(>) ?', while: '(^|\\G)\\s*(>) ?', patterns: [{ include: '#block' }],
    },
    list: {
      name: 'markup.list.unnumbered.markdown', begin: '(^|\\G)([ ]{0,3})([*+-])([ \\t])', while: '((^|\\G)([ ]{2,4}|\\t))|(^[ \\t]*$)', patterns: [{ include: '#block' }],
    },
    paragraph: { name: 'meta.paragraph.markdown', match: '(^|\\G)[^>`~*+\\s-].*$' },
  },
};

const registry = createRegistryFromGrammars([
  { grammar: { path: 'markdown.json', scopeName: 'text.html.markdown' }, content: JSON.stringify(markdown) },
  ...contributes.grammars.map((it) => ({
    grammar: { path: it.path, scopeName: it.scopeName, ...(it.injectTo === undefined ? {} : { injectTo: it.injectTo }) },
    content: read(it.path),
  })),
]);

/** Each line as its tokens: text and innermost scopes. */
async function tokens(scope: string, lines: readonly string[]) {
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) throw new Error(`no grammar ${scope}`);
  let state: Parameters<typeof grammar.tokenizeLine>[1] = null;
  return lines.map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens;
  });
}

const carets = /^( *)(\^+) ([\w.]+)$/;

/** Checks that every character above a caret has the scope that stands behind the carets. */
async function checkScopes(scope: string, fixture: string): Promise<void> {
  const lines: string[] = [];
  const claims: { readonly line: number; readonly from: number; readonly to: number; readonly scope: string }[] = [];
  for (const line of dedent(fixture).split('\n')) {
    const match = carets.exec(line);
    if (match === null) lines.push(line);
    else {
      const [, blanks = '', marks = '', name = ''] = match;
      claims.push({ line: lines.length - 1, from: blanks.length, to: blanks.length + marks.length, scope: name });
    }
  }
  expect(claims).not.toEqual([]);
  const all = await tokens(scope, lines);
  for (const claim of claims) {
    for (let at = claim.from; at < claim.to; at++) {
      const token = all[claim.line]?.find((it) => it.startIndex <= at && at < it.endIndex);
      expect({ ...claim, at, scopes: token?.scopes }).toMatchObject({ scopes: expect.arrayContaining([claim.scope]) });
    }
  }
}

/** The text of a fixture that is DAX in a fence. */
async function embedded(fixture: string): Promise<readonly string[]> {
  const lines = dedent(fixture).split('\n');
  const all = await tokens('text.html.markdown', lines);
  return lines.flatMap((line, index) => {
    const inside = (all[index] ?? []).filter((it) => it.scopes.includes('meta.embedded.block.dax'));
    const text = inside.map((it) => line.slice(it.startIndex, it.endIndex)).join('').trim();
    return text === '' ? [] : [text];
  });
}

describe('a .dax file', () => {
  it.each([
    ['a definition', `
      Sessions rejected = CALCULATE([a], FactSession[Closurereason] = "192350001")
      ^^^^^^^^^^^^^^^^^ entity.name.function.definition.dax
                        ^ keyword.operator.assignment.dax
                          ^^^^^^^^^ support.function.dax
                                    ^^^ variable.other.member.dax
                                         ^^^^^^^^^^^ entity.name.type.table.dax
                                                    ^^^^^^^^^^^^^^^ variable.other.member.dax
                                                                    ^ keyword.operator.comparison.dax
                                                                      ^^^^^^^^^^^ string.quoted.double.dax
    `],
    ['names with signs', `
      Avg. speed to answer (sec)_FactConversation = 1
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.function.definition.dax
      % of total := 1
      ^^^^^^^^^^ entity.name.function.definition.dax
                 ^^ keyword.operator.assignment.dax
      Agent's rate = 1
      ^^^^^^^^^^^^ entity.name.function.definition.dax
      28-day sessions = 1
      ^^^^^^^^^^^^^^^ entity.name.function.definition.dax
      Cost (EUR/h) = 1
      ^^^^^^^^^^^^ entity.name.function.definition.dax
    `],
    ['no header inside brackets, nor a comparison', `
      M = IF(
          x = 1,
          ^ variable.other.dax
            ^ keyword.operator.comparison.dax
          T[a] == 2)
          ^ entity.name.type.table.dax
               ^^ keyword.operator.comparison.dax
      [a] = 1
      ^^^ variable.other.member.dax
    `],
    ['a VAR block', `
      VAR rate = DIVIDE(a, .5)
      ^^^ keyword.control.var.dax
          ^^^^ variable.other.constant.dax
                           ^^ constant.numeric.dax
      RETURN NOT rate IN { TRUE, TRUE() }
      ^^^^^^ keyword.control.var.dax
             ^^^ keyword.operator.expression.dax
                      ^^ keyword.operator.expression.dax
                           ^^^^ constant.language.boolean.dax
                                 ^^^^ support.function.dax
    `],
    ['comments and docs', `
      /// The rate.
      ^^^^^^^^^^^^^ comment.line.documentation.dax
      /// @expect 96
          ^^^^^^^ storage.type.class.documentation.dax
      // note
      ^^^^^^^ comment.line.double-slash.dax
      -- Old = 1
      ^^^^^^^^^^ comment.line.double-dash.dax
      1 /* a
        ^^^^ comment.block.dax
      b */ + 2
      ^^^^ comment.block.dax
    `],
    ['a query', `
      DEFINE MEASURE 'Fact Session'[Rate] = 1
      ^^^^^^ keyword.other.statement.dax
             ^^^^^^^ keyword.other.definition.dax
                     ^^^^^^^^^^^^^^ entity.name.type.table.dax
                                   ^^^^^^ entity.name.function.definition.dax
      EVALUATE FactSession
      ^^^^^^^^ keyword.other.statement.dax
      ORDER BY 'Fact Session'[a] DESC START AT @p
      ^^^^^^^^ keyword.other.statement.dax
                                 ^^^^ keyword.other.statement.dax
                                      ^^^^^^^^ keyword.other.statement.dax
                                               ^^ variable.parameter.dax
    `],
    ['a function with hints', `
      FUNCTION Half = (x : Scalar INT64 val = 1, t: TABLE) => x / 2
      ^^^^^^^^ keyword.other.definition.dax
               ^^^^ entity.name.function.definition.dax
                           ^^^^^^^^^^^^^^^^ support.type.dax
                                              ^ constant.numeric.dax
                                                    ^^^^^ support.type.dax
    `],
    ['a visual shape', `
      TABLE t = u WITH VISUAL SHAPE
                  ^^^^^^^^^^^^^^^^^ keyword.other.statement.dax
        AXIS ROWS GROUP [a] TOTAL [b] ORDER BY [a]
        ^^^^ keyword.other.statement.dax
             ^^^^ variable.other.enummember.dax
                  ^^^^^ keyword.other.statement.dax
                        ^^^ variable.other.member.dax
                            ^^^^^ keyword.other.statement.dax
                                      ^^^^^^^^ keyword.other.statement.dax
        DENSIFY "d"
        ^^^^^^^ keyword.other.statement.dax
      Total = Group[a] + total
      ^^^^^ entity.name.function.definition.dax
              ^^^^^ entity.name.type.table.dax
    `],
    ['strings, dates, function names', `
      M = "a ""b"" // c" & dt"2024-01-31" & STDEV.S(T[x])
          ^^^^^^^^^^^^^^ string.quoted.double.dax
                           ^^^^^^^^^^^^^^ constant.numeric.date.dax
                                            ^^^^^^^ support.function.dax
    `],
  ])('%s', async (_, fixture) => {
    await checkScopes('source.dax', fixture);
  });
});

describe('a fence in Markdown', () => {
  it.each<[string, string, readonly string[]]>([
    ['a plain one', 'text\n\n```dax\nM = 1\n```\n\nafter', ['M = 1']],
    ['with an info string', '```dax model=historical\nM = 1\n```', ['M = 1']],
    ['in capitals', '```DAX\nM = 1\n```', ['M = 1']],
    ['of tildes', '~~~ dax\nM = 1\n~~~\nafter', ['M = 1']],
    ['of four backticks', '````dax\nM = 1\n````', ['M = 1']],
    ['in a quote', '> ```dax\n> M = 1\n> N = 2\n> ```\n\nafter', ['M = 1', 'N = 2']],
    ['in a list', '- item\n\n  ```dax\n  M = 1\n  ```\n\nafter', ['M = 1']],
    ['indented', '   ```dax\n   M = 1\n   ```', ['M = 1']],
    ['with a bracket never closed', '```dax\nM = SUM(\n```\n\n(after) = 1', ['M = SUM(']],
    ['two of them', '```dax\nM = 1\n```\n\ntext\n\n```dax\nN = 2\n```', ['M = 1', 'N = 2']],
    ['another language', '```daxx\nM = 1\n```', []],
    ['inline code', 'text ```dax M = 1``` text', []],
  ])('%s', async (_, text, expected) => {
    expect(await embedded(text)).toEqual(expected);
  });

  it('is coloured like a file', async () => {
    await checkScopes('text.html.markdown', `
      > \`\`\`dax
      > Load % = DIVIDE([a], [b])
        ^^^^^^ entity.name.function.definition.dax
                 ^^^^^^ support.function.dax
      > \`\`\`
      > after
        ^^^^^ meta.paragraph.markdown
    `);
  });
});

it('the language configuration is well-formed', () => {
  for (const { configuration } of contributes.languages.filter((it) => it.id === 'dax')) {
    const { wordPattern, onEnterRules, indentationRules } = JSON.parse(read(configuration)) as {
      wordPattern: { pattern: string; flags: string };
      onEnterRules: readonly { beforeText: string; afterText?: string }[];
      indentationRules: Record<string, string>;
    };
    const word = new RegExp(wordPattern.pattern, `g${wordPattern.flags}`);
    expect('STDEV.S(Größe[a 1]) + 2.5'.match(word)).toEqual(['STDEV.S', 'Größe', 'a', '1', '2.5']);
    expect(new RegExp(onEnterRules[0]?.beforeText ?? '').test('  /// docs')).toBe(true);
    expect(new RegExp(onEnterRules[0]?.beforeText ?? '').test('//////')).toBe(false);
    expect(new RegExp(indentationRules['increaseIndentPattern'] ?? '').test('M = CALCULATE(')).toBe(true);
    expect(new RegExp(indentationRules['increaseIndentPattern'] ?? '').test('M = 1')).toBe(false);
  }
});
