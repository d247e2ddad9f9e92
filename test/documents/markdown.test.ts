// Fences of DAX on a page: where they are, under which headings, in which tab.
import { describe, expect, it } from 'vitest';
import { spanToDocument, toDocument, toRegion } from '../../server/src/base/offsetMap.ts';
import { mayHoldMetrics, readDocument, readMarkdown, type DocumentRegions, type Region } from '../../server/src/documents/index.ts';

const page = (text: string): DocumentRegions => readDocument('file:///w/page.md', 'markdown', text);

/** A region as `headings > of > it #tab: text`. */
const shown = (it: Region): string =>
  `${it.headingPath.map((heading) => heading.text).join(' > ')}${it.tabId === undefined ? '' : ` #${it.tabId}`}: ${JSON.stringify(it.text)}${it.closed ? '' : ' unclosed'}`;

const regions = (text: string): readonly string[] => page(text).regions.map(shown);

/** Every character of a region stands in the document where the map says, and the way back holds. */
function checkMap(text: string): void {
  for (const it of page(text).regions) {
    for (let at = 0; at < it.text.length; at++) {
      const place = toDocument(it.map, at);
      expect(text[place]).toBe(it.text[at]);
      expect(toRegion(it.map, place)).toBe(at);
    }
  }
}

describe('a fence', () => {
  it.each([
    ['three backticks', '```dax\nA = 1\n```', ['A = 1\n']],
    ['tildes', '~~~ dax\nA = 1\n~~~', ['A = 1\n']],
    ['any case', '```DAX\nA = 1\n```', ['A = 1\n']],
    ['more backticks', '````dax\nA = 1\n```\n````\n', ['A = 1\n```\n']],
    ['a longer end', '```dax\nA = 1\n`````  \n', ['A = 1\n']],
    ['no text', '```dax\n```', ['']],
    ['an end with text behind is text', '```dax\nA = 1\n``` x\n```', ['A = 1\n``` x\n']],
    ['an indented opening', '   ```dax\n   A =\n     1\n  B = 2\n   ```', ['A =\n  1\nB = 2\n']],
    ['an end indented by four is text', '```dax\nA\n    ```\n```', ['A\n    ```\n']],
    ['\\r\\n', 'x\r\n\r\n```dax\r\nA = 1\r\nB = 2\r\n```\r\n', ['A = 1\r\nB = 2\r\n']],
    ['a byte order mark', '\uFEFF```dax\nA = 1\n```', ['A = 1\n']],
    ['behind a paragraph', 'text\n```dax\nA = 1\n```', ['A = 1\n']],
    ['several', '```dax\nA\n```\n```dax\nB\n```', ['A\n', 'B\n']],
  ])('with %s', (_, text, expected) => {
    expect(page(text).regions.map((it) => it.text)).toEqual(expected);
    expect(page(text).regions.every((it) => it.closed)).toBe(true);
    checkMap(text);
  });

  it.each([
    ['another language', '```sql\nA\n```\n```daxx\nB\n```\n```\ndax\n```'],
    ['inline code', 'see ```dax A``` and `dax`'],
    ['a backtick in its info', '```dax `x`\nA\n```'],
    ['four blanks of indentation', 'x\n\n    ```dax\n    A\n    ```'],
    ['a comment', '<!--\n```dax\nA\n```\n-->'],
    ['a comment that never ends', '<!-- open\n```dax\nA\n```'],
    ['pre', '<pre>\n```dax\nA\n```\n</pre>'],
    ['another fence', '~~~~text\n```dax\nA\n```\n~~~~'],
    ['an HTML block without an empty line', '<div>\n```dax\nA\n```\n</div>'],
  ])('is none inside %s', (_, text) => {
    expect(regions(text)).toEqual([]);
  });

  it('is one behind an HTML block', () => {
    expect(regions('<details>\n<summary>DAX</summary>\n\n```dax\nA\n```\n\n</details>\n\n<!-- x -->\n```dax\nB\n```')).toEqual([': "A\\n"', ': "B\\n"']);
  });

  it('that is never closed lasts to the end', () => {
    expect(regions('```dax\nA = 1\nB = 2')).toEqual([': "A = 1\\nB = 2" unclosed']);
    expect(regions('```dax')).toEqual([': "" unclosed']);
  });

  it.each([
    ['a list item', '- item\n\n  ```dax\n  A =\n    1\n\n  ```\n- next', ['A =\n  1\n\n']],
    ['a list item itself', '- ```dax\n  A = 1\n  ```', ['A = 1\n']],
    ['a numbered item', '10. item\n    ```dax\n    A = 1\n    ```', ['A = 1\n']],
    ['nested items', '- a\n  - b\n\n    ~~~dax\n    A = 1\n    ~~~\n', ['A = 1\n']],
    ['a tab of indentation', '-\titem\n\n\t```dax\n\tA = 1\n\t```', ['A = 1\n']],
    ['a quote', '> text\n> ```dax\n> A =\n>   1\n>\n> ```', ['A =\n  1\n\n']],
    ['a quote without blanks', '>```dax\n>A = 1\n>```', ['A = 1\n']],
    ['a quote in a list', '- > ```dax\n  > A = 1\n  > ```', ['A = 1\n']],
    ['an alert', '> [!NOTE]\n> ```dax\n> A = 1\n> ```', ['A = 1\n']],
  ])('in %s', (_, text, expected) => {
    expect(page(text).regions.map((it) => it.text)).toEqual(expected);
    checkMap(text);
  });

  it('ends with its list item or quote', () => {
    expect(regions('- ```dax\n  A = 1\n\nafter\n\n> ```dax\n> B = 2\nafter\n')).toEqual([': "A = 1\\n\\n" unclosed', ': "B = 2\\n" unclosed']);
  });

  it('names its model', () => {
    const text = '```dax model=historical\nA\n```\n~~~DAX title="x" Model = "real time" y\nB\n~~~\n```dax {model=third}\nC\n```\n```dax nomodel=x\nD\n```\n```dax model=\nE\n```';
    expect(page(text).regions.map((it) => [it.info.model, it.info.modelSpan && text.slice(it.info.modelSpan.start, it.info.modelSpan.end)])).toEqual([
      ['historical', 'historical'], ['real time', 'real time'], ['third', 'third'], [undefined, undefined], [undefined, undefined],
    ]);
    expect(page(text).regions.map((it) => it.info.openSpan && text.slice(it.info.openSpan.start, it.info.openSpan.end))[0]).toBe('```dax model=historical');
  });
});

describe('headings', () => {
  it('stand above a fence, the innermost last', () => {
    expect(regions('# A\n## B\n```dax\n1\n```\n### C ###\n## D\n```dax\n2\n```\n# E\n```dax\n3\n```')).toEqual(['A > B: "1\\n"', 'A > D: "2\\n"', 'E: "3\\n"']);
  });

  it('may be underlined', () => {
    expect(regions('A\n=\n\nB *b*\nc\n-----\n```dax\n1\n```\n')).toEqual(['A > B b c: "1\\n"']);
  });

  it.each([
    ['#x', []], ['####### x', []], ['# x #', ['x']], ['# x#', ['x#']], ['## [x](y.md) `z`', ['x z']], ['#', ['']], ['  ## x', ['x']], ['    ## x', []], ['\\# x', []],
    ['# a \\# b', ['a # b']], ['# ![i](p.png) **b**', ['i b']], ['---\n', []], ['x\n\n---', []], ['- x\n---', []], ['> x\n---', []], ['- # x', ['x']],
  ])('%j', (text, expected) => {
    expect(readMarkdown(text).headings.map((it) => it.text)).toEqual(expected);
  });

  it('have their place', () => {
    const text = '\uFEFF# Sessions  \n\nRate\n---\n';
    expect(readMarkdown(text).headings.map((it) => text.slice(it.span.start, it.span.end))).toEqual(['Sessions', 'Rate']);
  });
});

describe('tabs', () => {
  const text = `# Page

## Sessions rejected

### [Historical analytics](#tab/historicalpage)

\`\`\`dax
1
\`\`\`

#### Details

\`\`\`dax
2
\`\`\`

### [Real-time analytics](#tab/realtimepage)

\`\`\`dax
3
\`\`\`
|Element|Value|
|---|---|
|Filters| x |
---

\`\`\`dax
4
\`\`\`

## Other

### [Historical analytics](#tab/historicalpage)

\`\`\`dax
5
\`\`\`

***

\`\`\`dax
6
\`\`\`
`;

  it('written with a single # close no heading', () => {
    expect(page('# Page\n\n## Metric\n\n# [Old](#tab/old)\n\n```dax\nA = 1\n```\n\n# [New](#tab/new)\n\n```dax\nB = 1\n```\n\n---\n').regions.map(shown)).toEqual([
      'Page > Metric > Old #old: "A = 1\\n"',
      'Page > Metric > New #new: "B = 1\\n"',
    ]);
  });

  it('open with a link to #tab and close with a thematic break', () => {
    expect(regions(text)).toEqual([
      'Page > Sessions rejected > Historical analytics #historicalpage: "1\\n"',
      'Page > Sessions rejected > Historical analytics > Details #historicalpage: "2\\n"',
      'Page > Sessions rejected > Real-time analytics #realtimepage: "3\\n"',
      'Page > Sessions rejected: "4\\n"',
      'Page > Other > Historical analytics #historicalpage: "5\\n"',
      'Page > Other: "6\\n"',
    ]);
  });

  it('are all groups of one id', () => {
    const { tabs } = page(text);
    expect(tabs.map((it) => it.id)).toEqual(['historicalpage', 'realtimepage', 'historicalpage']);
    expect(tabs.map((it) => text.slice(it.span.start, it.span.end)).map((it) => [it.slice(0, 12), /```dax\n\d/.exec(it)?.[0].slice(-1)])).toEqual([['[Historical ', '1'], ['[Real-time a', '3'], ['[Historical ', '5']]);
  });

  it('hold every heading up to the break, and last to the end without one', () => {
    expect(regions('### [A](#tab/a)\n## Inside\n```dax\n1\n```\n# [B](#tab/b+c/x)\n```dax\n2\n```')).toEqual(['A > Inside #a: "1\\n"', 'B #b+c: "2\\n"']);
  });

  it('do not close by an underline, or by the rule of a table', () => {
    expect(regions('# [A](#tab/a)\ntext\n---\n```dax\n1\n```\n\n|a|b|\n|---|---|\n|1|2|\n\n```dax\n2\n```')).toEqual(['A > text #a: "1\\n"', 'A > text #a: "2\\n"']);
  });
});

describe('front matter', () => {
  it('is no Markdown', () => {
    const text = '---\ntitle: x\n# no heading\n---\n\n# A\n```dax\n1\n```\n';
    expect(regions(text)).toEqual(['A: "1\\n"']);
    expect(page(text).frontMatter).toMatchObject({ models: [], span: { start: 0, end: text.indexOf('\n\n# A') + 1 } });
  });

  it.each([
    ['dax-model: historical', ['historical']], ["title: 'x: y'\ndax-model: 'real time'", ['real time']], ['dax-model: [historical, realtime]', ['historical', 'realtime']],
    ['dax-model:\n  - historical\n  - realtime', ['historical', 'realtime']], ['dax-model:', []], ['dax-model: 5', []], ['x: [\ndax-model: y', ['y']],
  ])('names models: %j', (yaml, expected) => {
    const text = `\uFEFF---\r\n${yaml.replaceAll('\n', '\r\n')}\r\n---\r\n\`\`\`dax\r\n1\r\n\`\`\`\r\n`;
    const { frontMatter } = page(text);
    expect(frontMatter?.models.map((it) => it.name)).toEqual(expected);
    for (const it of frontMatter?.models ?? []) expect(text.slice(it.span.start, it.span.end).replaceAll("'", '')).toBe(it.name);
  });

  it('that is never closed is a thematic break', () => {
    expect(regions('---\ntitle: x\n\n```dax\n1\n```\n')).toEqual([': "1\\n"']);
    expect(page('---\n```dax\n1\n```\n').frontMatter).toBeUndefined();
  });
});

describe('tables', () => {
  it('are read cell by cell', () => {
    const text = `# M\n### [H](#tab/h)\n\`\`\`dax\n1\n\`\`\`\n\n| Element | Value |\n|:--|--:|\n|Dataverse entities | msdyn_ocsession, systemuser|\n|Filters | - a \\| b <br> - c | d |\nAttributes | x\nShort\n\nabove\n|Other|\n|--|\n|a|\n`;
    const { tables, texts } = page(text);
    expect(tables.map((it) => [it.header, ...it.rows].map((row) => row.map((cell) => cell.text)))).toEqual([
      [['Element', 'Value'], ['Dataverse entities', 'msdyn_ocsession, systemuser'], ['Filters', '- a \\| b <br> - c'], ['Attributes', 'x'], ['Short']],
      [['Other'], ['a']],
    ]);
    for (const cell of tables.flatMap((it) => [it.header, ...it.rows]).flat()) expect(text.slice(cell.span.start, cell.span.end)).toBe(cell.text);
    expect(tables[0]).toMatchObject({ tabId: 'h', headingPath: [{ text: 'M' }, { text: 'H' }] });
    expect(texts.map((it) => text.slice(it.span.start, it.span.end))).toEqual(['above']);
  });

  it('end at a blank line, a heading, a fence or a break', () => {
    const rows = (end: string): number => page(`\`\`\`dax\n\`\`\`\n|Element|Value|\n|-|-|\n|a|b|\n${end}`).tables[0]?.rows.length ?? -1;
    expect(['', '\n|c|d|', '# x\n|c|d|', '---\n|c|d|', '```\n```\n|c|d|', '|c|d|', 'c'].map(rows)).toEqual([1, 1, 1, 1, 1, 2, 2]);
  });
});

describe('paragraphs', () => {
  it('are read line by line, without the marks of lists and quotes', () => {
    const text = '# A\n```dax\n```\none\n  two\n\n- three\n  four\n> five\n> six\n\nseven\n===\n';
    const { texts } = page(text);
    expect(texts.map((it) => [it.inList, ...it.lines.map((line) => text.slice(line.start, line.end))])).toEqual([
      [false, 'one', 'two'], [true, 'three', 'four'], [false, 'five', 'six'],
    ]);
  });
});

describe('comments', () => {
  it('are those outside fences and front matter', () => {
    const text = '---\ntitle: <!-- no -->\n---\n<!-- one -->\n# A <!-- two\nlines -->\n```dax\n<!-- no -->\n```\n- ~~~sql\n  <!-- no -->\n\n<!-- three --> <!-- open';
    expect(page(text).comments.map((it) => text.slice(it.start, it.end))).toEqual(['<!-- one -->', '<!-- two\nlines -->', '<!-- three -->']);
  });
});

describe('a page without DAX and elements', () => {
  it.each([['# A\n```sql\n1\n```\n', false], ['```  dax', true], ['~~~DAX', true], ['``dax', false], ['see dax', false], ['|Dataverse Entities|', true], ['|Dataverse|', false]])('%j: %s', (text, expected) => {
    expect(mayHoldMetrics(text)).toBe(expected);
  });

  it('is not read', () => {
    expect(page('# A\n\n|Element|Value|\n|-|-|\n|a|b|\n')).toMatchObject({ headings: [], tables: [], texts: [], comments: [], regions: [] });
  });
});

describe('a span in an indented fence', () => {
  it('comes back without its neighbours', () => {
    const text = '- x\n\n  ```dax\n  Sessions = CALCULATE(\n      [A],\n      [B])\n  ```\n';
    const [region] = page(text).regions;
    if (region === undefined) throw new Error('the page has a fence');
    const at = region.text.indexOf('[B]');
    const place = spanToDocument(region.map, { start: at, end: at + 3 });
    expect(text.slice(place.start, place.end)).toBe('[B]');
    expect(text.slice(region.span.start, region.span.end)).toBe('Sessions = CALCULATE(\n      [A],\n      [B])\n');
  });
});
