// Nothing that data, labels, names or comments hold may become a link, an image, HTML or a table cell of its own.
import { describe, expect, it } from 'vitest';
import { asPlain, asText, daxBlock, renderDocs, table } from '../../server/src/ide/markdown.ts';

const docs = (...lines: string[]) => ({ span: { start: 0, end: 0 }, lines: lines.map((text) => ({ text, span: { start: 0, end: 0 } })) });

describe('text from data, labels and names', () => {
  it.each([
    ['AgentReject', '`AgentReject`'],
    ['', '`""`'],
    ['a|b', '`a\\|b`'],
    ['two\r\nlines', '`two␍␊lines`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['```', '```` ``` ````'],
    ['\u202Egnp.exe', '`\\u{202e}gnp.exe`'],
    ['\u0000\u0007\u007f', '`␀␇␡`'],
    ['[x](command:y)', '`[x](command:y)`'],
    ['<img src=x>', '`<img src=x>`'],
    ['😀'.repeat(90), `\`${'😀'.repeat(79)}…\``],
    ['x'.repeat(80), `\`${'x'.repeat(80)}\``],
    ['x'.repeat(81), `\`${'x'.repeat(79)}…\``],
  ])('%j is shown as %s', (text, shown) => {
    expect(asText(text)).toBe(shown);
  });

  it('is cut for hints, too', () => {
    expect(asPlain('a\nb'.repeat(1_000_000), 5)).toBe('a␊ba…');
  });

  it('stays in its cell', () => {
    expect(table(['Channel', 'Value'], [[asText('Chat | Voice\n| x |'), asText('1')]], 1)).toBe(
      '| Channel | Value |\n| --- | ---: |\n| `Chat \\| Voice␊\\| x \\|` | `1` |',
    );
  });
});

describe('a doc comment', () => {
  it.each([
    ['plain *words* and **more**', 'plain *words* and **more**'],
    ['![a cat](https://example.com/cat.png) sat', 'a cat sat'],
    ['![a cat][ref]', 'a cat'],
    ['![a](b ![c](d)', 'a(b c'],
    ['<img src="x" onerror="y">', '&lt;img src="x" onerror="y">'],
    ['[click](command:workbench.action.quit)', '[click&#93;(command:workbench.action.quit)'],
    ['[click] (javascript:alert(1))', '[click&#93; (javascript:alert(1))'],
    ['[docs](https://learn.microsoft.com/dax/)', '[docs](https://learn.microsoft.com/dax/)'],
    ['[x]: command:y', '[x&#93;: command:y'],
    ['`FactSession[IsOutbound] <> TRUE`', '`FactSession[IsOutbound] <> TRUE`'],
    ['`a` <b> `c`', '`a` &lt;b> `c`'],
    ['one ` tick', 'one &#96; tick'],
    ['\\`<b>`', '\\&#96;&lt;b>&#96;'],
  ])('%j is rendered as %j', (line, shown) => {
    expect(renderDocs(docs(line))).toBe(shown);
  });

  it('leaves its tags out, with the lines that continue them', () => {
    expect(renderDocs(docs('Sessions that were rejected.', '@format #,0', '@expect 12', '  where T[c] = 1', '', 'More words.'))).toBe(
      'Sessions that were rejected.\n\nMore words.',
    );
  });
});

it('DAX keeps its fence whatever it holds', () => {
  expect(daxBlock('"```"')).toBe('````dax\n"```"\n````');
  // The rest of an expression is not as far to the right as it was in its text.
  expect(daxBlock('SUM(\n            x\n        )')).toBe('```dax\nSUM(\n    x\n)\n```');
  expect(daxBlock('F(\n            "a\n  b\n            c",\n            x\n        )')).toBe('```dax\nF(\n    "a\n  b\n            c",\n    x\n)\n```');
  expect(daxBlock('a\n            + b\n\n            + c')).toBe('```dax\na\n    + b\n\n    + c\n```');
  expect(daxBlock('FUNCTION f = (x) =>\n    x')).toBe('```dax\nFUNCTION f = (x) =>\n    x\n```');
});
