// What an edit costs: the definition it touches, those that read what changed in it, and nothing else.
import { describe, expect, it } from 'vitest';
import { readingWork } from '../../grammar/src/index.ts';
import { openFixture, uriOf, type OpenFixture } from '../support/workspace.ts';

const model = `
//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: []
    columns: { N: { type: int64 }, S: { type: string } }`;

const dax = `/// Rows.
Rows = COUNTROWS ( T )

Double = [Rows] * 2

Share = DIVIDE ( [Double], [Rows] )

Longest = MAX ( T[S] )

Alone = SUM ( T[N] ) + 1
`;

const page = `# Page

\`\`\`dax
Own = [Rows] + 1
\`\`\`

\`\`\`dax
Other = 2
\`\`\`
`;

interface Cost {
  readonly parsed: number;
  readonly bound: number;
  readonly linted: number;
}

interface Edited extends OpenFixture {
  /** Changes a file, asks for the findings of all, and tells what that cost and which findings there are. */
  edit(path: string, text: string): Promise<Cost & { readonly rules: readonly string[] }>;
}

async function open(source: string): Promise<Edited> {
  const it = await openFixture(source);
  const findings = async (): Promise<readonly string[]> => {
    const rules: string[] = [];
    for (const { path } of it.files) for (const one of await it.workspace.findings(uriOf(path))) rules.push(one.rule);
    return rules;
  };
  await findings();
  return {
    ...it,
    async edit(path, text) {
      const before = it.workspace.work();
      it.type(path, text);
      const rules = await findings();
      const { parsed, bound, linted } = it.workspace.work();
      return { parsed: parsed - before.parsed, bound: bound - before.bound, linted: linted - before.linted, rules };
    },
  };
}

const files = `${model}\n//- /a.dax\n${dax}//- /page.md\n${page}`;
const of = (definitions: number): Cost => ({ parsed: definitions, bound: definitions, linted: definitions });

describe('an edit costs', () => {
  it('the definition in which it is, though others read it', async () => {
    const { edit } = await open(files);
    expect(await edit('/a.dax', dax.replace('COUNTROWS ( T )', 'COUNTROWS ( T ) + 0'))).toEqual({ ...of(1), rules: [] });
  });

  it('those that read it too, where its value becomes one of another type', async () => {
    const { edit } = await open(files);
    // Double and Share read Rows, and the page does; the type of Share stays what it was.
    const { parsed, bound, rules } = await edit('/a.dax', dax.replace('COUNTROWS ( T )', '"text"'));
    expect({ parsed, bound }).toEqual({ parsed: 1, bound: 4 });
    expect(rules).not.toContain('unknown-measure');
  });

  it('those that name it, when it is called otherwise', async () => {
    const { edit } = await open(files);
    const renamed = await edit('/a.dax', dax.replace('Rows =', 'Count ='));
    expect(renamed).toEqual({ ...of(1), bound: 4, linted: 4, rules: ['unknown-measure', 'unknown-measure', 'unknown-measure'] });
    expect(await edit('/a.dax', dax)).toEqual({ ...of(1), bound: 4, linted: 4, rules: [] });
  });

  it('itself, when nothing names it, wherever it comes or goes', async () => {
    const { edit } = await open(files);
    expect(await edit('/a.dax', `New = 1\n\n${dax}`)).toEqual({ ...of(1), rules: [] });
    expect(await edit('/a.dax', dax)).toEqual({ ...of(0), rules: [] });
    expect(await edit('/a.dax', dax.replace(/Alone.*\n/, ''))).toEqual({ ...of(0), rules: [] });
  });

  it('those that name it, when it goes, and again when it comes back', async () => {
    const { edit } = await open(files);
    const gone = await edit('/a.dax', dax.replace(/Double.*\n/, ''));
    expect(gone).toEqual({ ...of(0), bound: 1, linted: 1, rules: ['unknown-measure'] });
    expect(await edit('/a.dax', dax)).toEqual({ ...of(1), bound: 2, linted: 2, rules: [] });
  });

  it('those whose misspelt name it may be, when a name comes', async () => {
    const text = 'Wrong = [Turnovr] + 1\n\nFar = [Nothing of the kind]\n';
    const { edit, workspace } = await open(`${model}\n//- /a.dax\n${text}`);
    const fixes = async (): Promise<readonly number[]> => (await workspace.findings(uriOf('/a.dax'))).map((it) => it.fixes.length);
    expect(await fixes()).toEqual([0, 0]);
    expect(await edit('/a.dax', `${text}\nTurnover = 2\n`)).toEqual({ ...of(1), bound: 2, linted: 2, rules: ['unknown-measure', 'unknown-measure'] });
    expect(await fixes()).toEqual([1, 0]);
  });

  it('nothing, for blank lines between definitions', async () => {
    const { edit } = await open(files);
    expect(await edit('/a.dax', dax.replace('\n\nShare', '\n\n\n\nShare'))).toEqual({ ...of(0), rules: [] });
    expect(await edit('/a.dax', `${dax}\n\n`)).toEqual({ ...of(0), rules: [] });
  });

  it('the definition below it, for a comment', async () => {
    const { edit } = await open(files);
    expect(await edit('/a.dax', dax.replace('\n\nShare', '\n\n// part of it\nShare'))).toEqual({ ...of(1), rules: [] });
  });

  it('one fence, on a page, and nothing in files of metrics', async () => {
    const { edit } = await open(files);
    expect(await edit('/page.md', page.replace('Other = 2', 'Other = 3'))).toEqual({ ...of(1), rules: [] });
    expect(await edit('/page.md', page.replace('# Page', '# Another page\n\nSome text.'))).toEqual({ ...of(1), rules: [] });
  });

  it('those that call a function, when it changes', async () => {
    const functions = 'FUNCTION F = ( x ) => x + 1\n\nA = F ( 1 )\n\nB = [A] + 1\n\nC = 3\n';
    const { edit } = await open(`${model}\n//- /a.dax\n${functions}`);
    expect(await edit('/a.dax', functions.replace('x + 1', 'x + 2'))).toEqual({ ...of(1), bound: 2, linted: 2, rules: [] });
  });
});

/** A file in which every metric but the first ten reads two others. */
const many = (count: number, changed: ReadonlySet<number> = new Set()): string =>
  Array.from({ length: count }, (_, i) => {
    const body = i < 10 ? `COUNTROWS ( T ) + ${String(i)}` : `DIVIDE ( [Metric ${String(i - 10)}], [Metric ${String(i - 3)}] ) + ${String(changed.has(i) ? i + 1 : i)}`;
    return `/// Metric number ${String(i)}.\nMetric ${String(i)} =\n    ${body}\n`;
  }).join('\n');

describe('the cost of an edit', () => {
  const cost = async (count: number): Promise<Cost & { readonly tokens: number; readonly characters: number }> => {
    const { edit } = await open(`${model}\n//- /a.dax\n${many(count)}`);
    const sum = { parsed: 0, bound: 0, linted: 0, tokens: 0, characters: 0 };
    const changed = new Set<number>();
    // The fixture's text may end otherwise.
    await edit('/a.dax', many(count));
    for (const at of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const before = readingWork();
      const { parsed, bound, linted } = await edit('/a.dax', many(count, changed.add(Math.floor(at * count))));
      const { tokens, characters } = readingWork();
      sum.parsed += parsed;
      sum.bound += bound;
      sum.linted += linted;
      sum.tokens += tokens - before.tokens;
      sum.characters += characters - before.characters;
    }
    return sum;
  };

  it('does not grow with the file: what is read, parsed, bound and checked is the same in one ten times as long', async () => {
    const [short, long] = [await cost(200), await cost(2000)];
    expect(short).toMatchObject(of(5));
    expect(long).toMatchObject(of(5));
    expect(long.tokens).toBe(short.tokens);
    // Numbers have more digits in the longer file.
    expect(long.characters).toBeLessThan(short.characters * 1.2);
  });

  it('is spent once a definition when a file is opened', async () => {
    for (const count of [100, 1000]) {
      const { workspace } = await openFixture(`${model}\n//- /a.dax\n${many(count)}`);
      await workspace.findings(uriOf('/a.dax'));
      const { parsed, bound, linted } = workspace.work();
      expect({ parsed, bound, linted }).toEqual({ parsed: count, bound: count, linted: count });
    }
  });
});
