// Folding: which lines collapse into their first one.
import { describe, expect, it } from 'vitest';
import { foldingRanges } from '../../server/src/ide/foldingRanges.ts';
import { openFixture } from '../support/workspace.ts';

/** Each range as the text of its first and last line, in order of place. */
async function foldsIn(text: string, path = '/m.dax'): Promise<readonly string[]> {
  const { workspace } = await openFixture('//- /none.dax\n');
  const uri = `file://${path}`;
  workspace.setText({ uri, languageId: path.endsWith('.md') ? 'markdown' : path.endsWith('.yaml') ? 'yaml' : 'dax', version: 1, text });
  return (await foldingRanges(workspace, uri)).map(({ span, kind, closed }) => {
    const first = text.slice(text.lastIndexOf('\n', span.start - 1) + 1).split(/\r?\n/, 1)[0] ?? '';
    const last = text.slice(text.lastIndexOf('\n', span.end - 1) + 1).split(/\r?\n/, 1)[0] ?? '';
    return `${kind === 'code' ? '' : `${kind}: `}${first.trim()} … ${last.trim()}${closed ? ' (stays)' : ''}`;
  });
}

describe('what folds', () => {
  it('a definition over several lines, apart from its documentation', async () => {
    expect(await foldsIn('/// One.\n/// Two.\nA =\n  1 +\n  2\n\n/// Alone.\nB = 1\n')).toEqual(['comment: /// One. … /// Two.', 'A = … 2']);
  });

  it('brackets, with the closing one in sight where it begins its line', async () => {
    expect(await foldsIn('A =\n  SUM(\n    T[c]\n  ) + (\n    1) + {\n    (1,\n     2),\n    3\n  }')).toEqual([
      'A = … }', 'SUM( … ) + ( (stays)', ') + ( … 1) + {', '1) + { … } (stays)', '(1, … 2),',
    ]);
  });

  it('variables, their result, and the block of both', async () => {
    expect(await foldsIn('A =\n  VAR a = -- return\n    1\n  VAR b = 2\n  RETURN // here\n    a\n    + b')).toEqual([
      'A = … + b', 'VAR a = -- return … + b', 'VAR a = -- return … 1', 'RETURN // here … + b',
    ]);
  });

  it('comments in a block, and lines of comment below each other', async () => {
    expect(await foldsIn('/* one\n two */\nA = 1\n\n// a\n-- b\n// c\n\n// d\nB = 1 // e\n  // f\n')).toEqual([
      'comment: /* one … two */', 'comment: // a … // c',
    ]);
  });

  it('regions, one inside another, over definitions', async () => {
    expect(await foldsIn('// #region All\nA = 1\n--#region Inner\nB = 1\n-- #endregion\n// #endregion All\nC = 1\n// #region never ends\nD = 1')).toEqual([
      'region: // #region All … // #endregion All', 'region: --#region Inner … -- #endregion',
    ]);
  });

  it('queries, their definitions and each EVALUATE', async () => {
    expect(await foldsIn('DEFINE\n  /// One.\n  /// Two.\n  MEASURE T[m] =\n    1\nEVALUATE\n  ROW("a", 1)\n  ORDER BY [a]\nEVALUATE\n  {1}')).toEqual([
      'DEFINE … {1}', 'comment: /// One. … /// Two.', 'MEASURE T[m] = … 1', 'EVALUATE … ORDER BY [a]', 'EVALUATE … {1}',
    ]);
  });

  it.each([
    ['A = SUM(\n  T[c]', ['A = SUM( … T[c]']],
    ['A =\n  (1 + {2\n', ['A = … (1 + {2']],
    ['A = 1', []],
    ['', []],
    ['Prose over\ntwo lines, and "more', []],
  ])('no bracket that is never closed, and nothing on one line: %j', async (text, folds) => {
    expect(await foldsIn(text)).toEqual(folds);
  });

  it('the same after an edit above', async () => {
    const { workspace } = await openFixture('//- /m.dax\nA = 1\nB =\n  1');
    const uri = 'file:///m.dax';
    const before = await foldingRanges(workspace, uri);
    workspace.setText({ uri, languageId: 'dax', version: 2, text: 'A = 1 + 1\nB =\n  1' });
    expect(await foldingRanges(workspace, uri)).toEqual(before.map((it) => ({ ...it, span: { start: it.span.start + 4, end: it.span.end + 4 } })));
  });
});

describe('languages that fold by themselves are left alone', () => {
  it.each([
    ['a page', '/page.md', '# Page\n\n```dax\nA =\n  SUM(\n    1)\n```\n'],
    ['a model file', '/m.daxmodel.yaml', 'name: m\ntables:\n  T:\n    dax: |\n      FILTER(\n        T, TRUE)\n'],
  ])('%s', async (_, path, text) => {
    expect(await foldsIn(text, path)).toEqual([]);
  });
});
