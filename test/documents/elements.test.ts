/** Elements of metric pages: what tables, lists and paragraphs say of entities, attributes and filters. */
import { describe, expect, it } from 'vitest';
import { pageElements, readMarkdown, type MetricBlock, type PageElement, type PageElements } from '../../server/src/documents/index.ts';
import { clauseText, literalText, referenceText } from './elementText.ts';

const read = (text: string): PageElements => pageElements(readMarkdown(text), text);

const table = (...rows: readonly string[]): string => `\n|Element|Value|\n|---|---|\n${rows.map((it) => `|${it}|\n`).join('')}\n`;

/** The only block of a page of one table. */
function block(...rows: readonly string[]): MetricBlock {
  const [first, ...others] = read(`# Metric\n${table(...rows)}`).blocks;
  if (first === undefined || others.length > 0) throw new Error('the page has one block');
  return first;
}

const summary = (element: PageElement): string => `${element.kind} ${element.state}: ${element.items.map((it) => (it.head === undefined ? `(${it.text})` : referenceText(it.head))).join(', ')}`;

/** What the filters say, one line a clause. */
const filters = (cell: string): readonly string[] => (block(`Filters|${cell}`, 'Attributes|a').elements[0]?.items ?? []).flatMap((it) => it.clauses.map(clauseText));

describe('a metric block', () => {
  const page = `# Metrics

## Sessions rejected

### DAX query and Dataverse reference

### [Historical](#tab/h)

\`\`\`dax
A = 1
\`\`\`
${table('Filters|x_y = 1')}
### [Real-time](#tab/r)

\`\`\`dax
**Need info**
\`\`\`
${table('Filters|')}
---

## Rate

**Need info**

### DAX query and Dataverse reference

\`\`\`dax
B = 1
\`\`\`

\`\`\`dax
C = 1
\`\`\`
${table('Attributes|a.b_c')}
\`\`\`dax

\`\`\`
`;
  const told = (it: MetricBlock): string => `${it.heading?.text ?? '-'}/${it.tabId ?? '-'}: ${it.fences.map((fence) => `${fence.region.text.trim()} (${fence.state})`).join(', ')} | ${it.elements.map(summary).join('; ')}`;

  it('is what stands under one metric in one tab, and begins anew with DAX behind elements', () => {
    expect(read(page).blocks.map(told)).toEqual([
      'Sessions rejected/h: A = 1 (filled) | filters filled: x_y',
      'Sessions rejected/r: **Need info** (placeholder) | filters empty: ',
      'Rate/-: B = 1 (filled), C = 1 (filled) | attributes filled: a.b_c',
      'Rate/-:  (empty) | ',
    ]);
  });

  it('holds the fences of the page', () => {
    const regions = readMarkdown(page);
    expect(pageElements(regions, page).blocks.flatMap((it) => it.fences.map((fence) => fence.region))).toEqual(regions.regions);
  });

  it('is read once for each reading of the page', () => {
    const regions = readMarkdown(page);
    expect(pageElements(regions, page)).toBe(pageElements(regions, page));
  });

  it('is named by the innermost heading that opens no tab and names no part', () => {
    const name = (path: string): string | undefined => read(`${path}\n${table('Filters|a_b = 1')}`).blocks.at(-1)?.heading?.text;
    expect(name('# Page\n## Metric\n### DAX query')).toBe('Metric');
    expect(name('# Metric\n# Query')).toBe('Metric');
    expect(name('# Page\n## One\n### How\n## Two\n### How')).toBe('Two');
    expect(name('')).toBeUndefined();
  });

  it('ends at a second tab of the same id', () => {
    const text = `# M\n### [A](#tab/a)\n${table('Filters|a_b = 1')}\n### [A](#tab/a)\n${table('Attributes|a_b')}`;
    expect(read(text).blocks).toHaveLength(2);
  });

  it('needs no DAX', () => {
    const { elements } = block('Dataverse entities|msdyn_ocsession', 'Attributes|msdyn_ocsession.msdyn_state', 'Notes|any', 'Filters|');
    expect(elements.map(summary)).toEqual([
      'entities filled: msdyn_ocsession', 'attributes filled: msdyn_ocsession.msdyn_state', 'other filled: any', 'filters empty: ',
    ]);
  });
});

describe('elements', () => {
  it.each([
    ['| Element | Value |\n|-|-|\n| **Dataverse entities** | a |\n|Columns|b.c_d|\n', ['entities filled: a', 'attributes filled: b.c_d']],
    ['| What | It is |\n|-|-|\n|Entities|a|\n|Filters|b = 1|\n', ['entities filled: a', 'filters filled: (b = 1)']],
    ['|Attribute|Definition|\n|-|-|\n|msdyn_a|text|\n|`msdyn_b`|text|\n', ['attributes filled: msdyn_a, msdyn_b']],
    ['|Dataverse entities|Filters|\n|-|-|\n|a_b|c_d = 1|\n', ['entities filled: a_b', 'filters filled: c_d']],
    ['- **Dataverse entities**: a_b, c_d\n- **Filters**: e_f = 1\n', ['entities filled: a_b, c_d', 'filters filled: e_f']],
    ['**Attributes**\n\n- a.b_c\n- d.e_f\n\nMore.\n\n- g_h\n', ['attributes filled: a.b_c, d.e_f']],
    ['Filters to be applied first:\n\n- `a_b != 1`\n', ['filters filled: a_b']],
    ['|Name|Value|\n|-|-|\n|a|b|\n', []],
    ['|Element|Value|\n|-|-|\n|Fire|hot|\n', []],
    ['Filters are good.\n\n- a_b\n', []],
  ])('of %j', (text, expected) => {
    expect(read(text).blocks.flatMap((it) => it.elements.map(summary))).toEqual(expected);
  });

  it.each([
    ['', 'empty'], ['   ', 'empty'], ['-', 'empty'], ['<br>', 'empty'], ['**Need info**', 'placeholder'], ['TBD', 'placeholder'], ['_To be added_.', 'placeholder'],
    ['???', 'placeholder'], ['N/A', 'none'], ['None', 'none'], ['a_b', 'filled'],
  ])('with the value %j are %s', (value, state) => {
    expect(block(`Filters|${value}`, 'Attributes|x').elements[0]?.state).toBe(state);
  });

  it('that are empty tell where a text goes', () => {
    const text = `# M\n${table('Filters| ', 'Attributes||')}`;
    const spans = read(text).blocks[0]?.elements.map((it) => it.span) ?? [];
    expect(spans.map((it) => `${text.slice(0, it.start).split('\n').at(-1) ?? ''}^${text.slice(it.end).split('\n')[0] ?? ''}`)).toEqual(['|Filters| ^|', '|Attributes|^||']);
  });

  it('are what their row has when it is short', () => {
    expect(read('|Element|Value|\n|-|-|\n|Filters|\n').blocks[0]?.elements.map(summary)).toEqual(['filters empty: ']);
  });
});

describe('names', () => {
  it.each([
    ['msdyn_ocsession, systemuser', ['msdyn_ocsession', 'systemuser']],
    ['- [msdyn_ocsession](/reference/entities/msdyn_ocsession) <br> - Systemuser <br>- `a\\_b`', ['msdyn_ocsession', 'Systemuser', 'a_b']],
    ['msdyn_ocsession. Learn more, or less, in [msdyn_ocsession](x).', ['msdyn_ocsession']],
    ['For **Voice**: a_b.c_d + e_f', ['(For Voice: a_b.c_d + e_f)']],
    ['1. a_b<br/>2) c_d', ['a_b', 'c_d']],
    ['![image](a_b.png)', []],
    ['<!-- a_b --> c_d', ['c_d']],
    ['https://example.com/a_b', []],
  ])('of the entities %j', (cell, expected) => {
    const [entities] = block(`Dataverse entities|${cell}`, 'Filters|x').elements;
    expect(entities?.items.map((it) => (it.head === undefined ? `(${it.text})` : referenceText(it.head)))).toEqual(expected);
  });

  it.each([
    ['- systemuser. msdyn_id', ['spaced systemuser.msdyn_id']],
    ['- systemuser .msdyn_id', ['spaced systemuser.msdyn_id']],
    ['- a_b. isaccepted = 1', ['spaced a_b.isaccepted']],
    ['- a_b. The channel', ['name a_b']],
    ['- a_b.c_d. x', ['qualified a_b.c_d']],
    ['a_b.c_d.Next sentence', ['qualified a_b.c_d']],
    ['See example.com, README.md, e.g. this', []],
    ['FactSession[Closure reason] = 1', ['column FactSession.Closure reason']],
    ['a_b c_d', ['name a_b', 'name c_d']],
    ['statuscode', ['word statuscode']],
    ['isoutbound <> 1', ['word isoutbound']],
    ['the column is here', []],
  ])('in %j', (cell, expected) => {
    const text = `# M\n${table(`Filters|${cell}`, 'Attributes|x')}`;
    const references = read(text).blocks[0]?.elements[0]?.items.flatMap((it) => it.references) ?? [];
    expect(references.map((it) => `${it.form} ${referenceText(it)}`)).toEqual(expected);
    for (const it of references) expect(text.slice(it.attribute.span.start, it.attribute.span.end)).toBe(it.attribute.text);
  });

  it('that look like tables are told', () => {
    const words = block('Filters|Filter the FactConversations table by IsOffered<br>FactSession: a_b = 1', 'Attributes|x').elements[0]?.items.flatMap((it) => it.words) ?? [];
    expect(words.map((it) => [it.text, it.isTable])).toEqual([['FactConversations', true], ['IsOffered', false], ['FactSession', true]]);
  });

  it('behind marks of Markdown keep their places', () => {
    const text = `# M\n${table('Filters|**a\\_b**.c is `&lt;&gt;` \\| [d\\_e](u) = 5', 'Attributes|x')}`;
    const spans = read(text).blocks[0]?.elements[0]?.items.flatMap((it) => it.references.map((reference) => text.slice(reference.span.start, reference.span.end)));
    expect(spans).toEqual(['a\\_b**.c', 'd\\_e']);
  });
});

describe('conditions', () => {
  it.each([
    ["a.b_c = '192350001' (in transit)", ["a.b_c = '192350001' note(in transit)"]],
    ['a.b_c == 1', ['a.b_c = 1']],
    ["a.b_c != '192350000'", ["a.b_c <> '192350000'"]],
    ['a.b_c &lt;&gt; 1', ['a.b_c <> 1']],
    ['a_b > 0', ['a_b > 0']],
    ['a_b >= -1.5', ['a_b >= -1.5']],
    ['a_b set to 192350001.', ['a_b = 192350001']],
    ["a_b isn't set to 4.", ['a_b <> 4']],
    ["a_b isn’t equal to '5'", ["a_b <> '5'"]],
    ['a_b is not equal to 5', ['a_b <> 5']],
    ['a_b is 1', ['a_b = 1']],
    ["a_b is'192350000'", ["a_b = '192350000'"]],
    ['a_b set 1', ['a_b = 1']],
    ['Direction is defined by a_b and not to set 1.', ['definition(Direction is defined by) a_b <> 1']],
    ["with a_b '192350001'", ["a_b = '192350001'"]],
    ['a_b: 192350001', ['a_b = 192350001']],
    ['a_b is true', ['a_b = true']],
    ['a_b is set to any value between 1 to 7', ['a_b between 1 and 7']],
    ['a_b BETWEEN 1 AND 7', ['a_b between 1 and 7']],
    ['a_b is not between 1 and 7', ['a_b not between 1 and 7']],
    ['a_b has any value from 1 through 7', ['a_b between 1 and 7']],
    ['a_b IN (192350006, 192350010)', ['a_b in 192350006, 192350010']],
    ['a_b not in {1, 2}', ['a_b not in 1, 2']],
    ['a_b is set to 192350006 or 192350010', ['a_b in 192350006, 192350010']],
    ["a_b isn't 1, 2 or 3", ['a_b not in 1, 2, 3']],
    ['a_b is one of 1/2', ['a_b in 1, 2']],
    ['a_b is null', ['a_b null']],
    ['a_b is NULL/empty', ['a_b null']],
    ['a_b is empty or NULL', ['a_b null']],
    ["a_b isn't null", ['a_b not null']],
    ['a_b not empty', ['a_b not null']],
    ['a_b != null', ['a_b not null']],
    ['a_b IS NOT NULL', ['a_b not null']],
    ['a_b contains 192350000', ['a_b contains 192350000']],
    ["a_b doesn't contain '1'", ["a_b not contains '1'"]],
    ['a_b is greater than 0', ['a_b > 0']],
    ['a_b is less than or equal to 10', ['a_b <= 10']],
    ['a_b is at least 3', ['a_b >= 3']],
    ["a_b isn't less than 3", ['a_b >= 3']],
  ])('%j', (cell, expected) => {
    expect(filters(cell)).toEqual(expected);
  });

  it.each([
    ['a_b = 1 and c_d = 2', ['(a_b = 1 and c_d = 2)']],
    ['a_b = 1 or c_d = 2 and e_f = 3', ['(a_b = 1 or (c_d = 2 and e_f = 3))']],
    ['(a_b = 1 or c_d = 2) and e_f = 3', ['((a_b = 1 or c_d = 2) and e_f = 3)']],
    ['not (a_b = 1)', ['not a_b = 1']],
    ['a_b = 1 (one) \\|\\| c_d = 2 (two)', ['(a_b = 1 or c_d = 2) note(one) note(two)']],
    ['a_b = 1 or c_d = Agent assigned', ['(a_b = 1 or <c_d = Agent assigned>)']],
    ["with a_b '192350001' and Hold event with c_d '192350001'", ["a_b = '192350001'", "c_d = '192350001'"]],
    ['a_b is 1, c_d is 2', ['a_b = 1', 'c_d = 2']],
    ['a_b is 1. c_d is 2; e_f is 3', ['a_b = 1', 'c_d = 2', 'e_f = 3']],
    ["if a_b and c_d isn't null", ['case(if) (a_b not null and c_d not null)']],
    ['X is obtained from a_b and c_d is 1.', ['definition(X is obtained from a_b and) c_d = 1']],
    ['(a_b = 1', ['a_b = 1']],
  ])('are joined: %j', (cell, expected) => {
    expect(filters(cell)).toEqual(expected);
  });

  it.each([
    'IsOutbound is set to the value of a.b_c', 'a_b is calculated', 'a_b = c_d', 'a_b in words', 'between 1 and 2', 'a_b of 5 sessions', 'a_b is in transit', 'DATEDIFF(sec, a_b, c_d)',
    'a_b = Agent assigned', 'it is 5', 'a_b between 1', 'a_b at 5',
  ])('are not guessed: %j', (cell) => {
    expect(filters(cell)).toEqual([]);
  });

  it.each([
    ['Exclude rows where a_b is 1', ['drop a_b = 1']],
    ['EXCLUDE a_b = 1', ['drop a_b = 1']],
    ['Include only rows where a_b is 1', ['keep a_b = 1']],
    ['Exclude sessions from the channel using a_b != 1', ['keep a_b <> 1']],
    ['Exclude rows where a_b is 1. c_d is 2', ['drop a_b = 1', 'c_d = 2']],
    ['IsAgentSession := a_b IS NOT NULL', ['definition(IsAgentSession :=) [IsAgentSession] a_b not null']],
    ['IsAgentSession occurs when a_b is null', ['definition(IsAgentSession occurs when) [IsAgentSession] a_b null']],
    ['IsAgentSession is set to true if a_b is null', ['definition(IsAgentSession is set to true if) [IsAgentSession] a_b null']],
    ['agent rejected := a_b = 1', ['definition(agent rejected :=) [agent rejected] a_b = 1']],
    ['Rejected session is obtained by a_b set to 1', ['definition(Rejected session is obtained by) a_b = 1']],
    ['IF a_b = 1 THEN c_d ELSE NULL', ['case(IF) a_b = 1']],
    ['If a_b is null, then TalkTime is set to 0', ['case(If) a_b null']],
    ['If a_b is null then exclude rows where c_d is 2', ['case(If) a_b null', 'drop c_d = 2']],
    ['Otherwise, set c_d is 5', []],
  ])('are kept, dropped, cases or definitions: %j', (cell, expected) => {
    expect(filters(cell)).toEqual(expected);
  });

  it.each([
    ["'192350000'", 'straight'], ["'192350000’", 'mixed'], ['‘192350000’', 'typographic'], ["'192350000", 'unclosed'], ["'192350000, which", 'unclosed'], ['192350000', 'none'],
    ['"In conversation"', 'straight'], ['“In conversation”', 'typographic'],
  ])('with %s tell its quotes: %s', (value, quote) => {
    const condition = block(`Filters|a_b = ${value}`, 'Attributes|x').elements[0]?.items[0]?.clauses[0]?.condition;
    expect(condition?.kind === 'comparison' && condition.value.quote).toBe(quote);
  });
});

describe('codes outside conditions', () => {
  it.each([
    ['the code 192350001 means hold', ['192350001 of -']],
    ["msdyn_eventtype is hold (192350001)", ['192350001 of msdyn_eventtype']],
    ['a_b or c_d may hold 192350001', ['192350001 of -']],
    ['c_d: hold 192350001', ['192350001 of c_d']],
    ["or '4' and 2024", ["'4' of -"]],
  ])('%j', (cell, expected) => {
    const codes = block(`Filters|${cell}`, 'Attributes|x').elements[0]?.items.flatMap((it) => it.codes) ?? [];
    expect(codes.map((it) => `${literalText(it.literal)} of ${it.reference === undefined ? '-' : referenceText(it.reference)}`)).toEqual(expected);
  });

  it('and brackets without a partner are told', () => {
    const unmatched = block('Filters|f(a_b, g(c_d) ] (e)', 'Attributes|x').elements[0]?.items.flatMap((it) => it.unmatched.map((piece) => piece.text));
    expect(unmatched).toEqual(['(', ']']);
  });
});

describe('prose', () => {
  it('with names, codes or a placeholder is read', () => {
    const { prose } = read('# A\n\n**Need info**\n\nPlain words.\n\n- msdyn_ocsession.msdyn_closurereason\n  set to 192350001 here.\n\nCode 192350002.\n');
    expect(prose.map((it) => [it.state, it.heading?.text, it.item.clauses.map(clauseText), it.item.codes.length])).toEqual([
      ['placeholder', 'A', [], 0], ['filled', 'A', ['msdyn_ocsession.msdyn_closurereason = 192350001'], 0], ['filled', 'A', [], 1],
    ]);
  });
});

describe('hostile pages', () => {
  const n = 50_000;
  it.each([
    ['brackets', '['.repeat(n)], ['closed brackets', '[a]('.repeat(n / 4)], ['round brackets', '('.repeat(n)], ['open conditions', '(a_b = 1 and '.repeat(n / 13)],
    ['tags', '<a '.repeat(n / 3)], ['comments', '<!--'.repeat(n / 4)], ['quotes', "'1".repeat(n / 2)], ['alternatives', 'a_b = 1 or x '.repeat(n / 13)], ['values', `a_b = ${'1,'.repeat(n)}`],
    ['lists', 'a_b in (1,'.repeat(n / 10)], ['dots', 'a_b.'.repeat(n / 4)], ['commas', 'a,'.repeat(n / 2)], ['marks', '`a`,'.repeat(n / 4)], ['references', 'a_b.c_d and '.repeat(n / 12)], ['words', 'not '.repeat(n / 4)],
  ])('of %s are read in time', (_, cell) => {
    const started = performance.now();
    read(`# M\n${table(`Filters|${cell}`, `Attributes|${cell}`, `Dataverse entities|${cell}`)}\n\n${cell}\n`);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('of many tables and headings are read in time', () => {
    const started = performance.now();
    const { blocks } = read(`${'# A\n\n### [H](#tab/h)\n\n|Element|Value|\n|-|-|\n|Filters|a_b = 1|\n\n- **Filters**: x_y = 2\n\n'.repeat(5000)}`);
    expect(blocks).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
