// Comments that switch rules off: what they cover, and what is said when they do nothing.
import { describe, expect, it } from 'vitest';
import { checkFiles, fixedFile } from '../support/lint.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const model = `
//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: []
    columns: { A: { type: string } }
`;

/** The first text has one finding less where a suppression holds. */
const file = (text: string): string => `${model}//- /m.dax\n${text}`;

describe('a suppression of the next line', () => {
  it('silences the rule there and nowhere else', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line unknown-column -- it comes with the next release
X = DISTINCTCOUNT(T[B])

Y = DISTINCTCOUNT(T[B]) + 0
                   ^^^ error[unknown-column]`)));

  it('silences no other rule', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line unknown-table
                                 ^^^^^^^^^^^^^ warning[unused-suppression]: Nothing is found here that unknown-table would report. Remove the suppression.
X = DISTINCTCOUNT(T[B])
                   ^^^ error[unknown-column]`)));

  it('names several rules', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line unknown-table, unknown-column
X = DISTINCTCOUNT(T[B]) + COUNTROWS('No such')`)));

  it('counts for the line and not for the definition', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line unknown-column
                                 ^^^^^^^^^^^^^^ warning[unused-suppression]
X =
DISTINCTCOUNT(T[B])
               ^^^ error[unknown-column]

Y =
-- dax-metrics-disable-next-line unknown-column
DISTINCTCOUNT(T[B]) + 0`)));

  it('stands above the doc comment and covers it', () =>
    checkFiles(file(`
/* dax-metrics-disable-next-line unknown-column */
/// @expect 1 where T[B] = "x"
X = DISTINCTCOUNT(T[B])`)));

  it('may be followed by another one', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line unknown-column
// dax-metrics-disable-next-line unknown-table
X = DISTINCTCOUNT(T[B]) + COUNTROWS('No such')`)));

  it('reaches over the end of a definition', () =>
    checkFiles(file(`
X = 1 // dax-metrics-disable-next-line unknown-column
Y = DISTINCTCOUNT(T[B]) + 0`)));
});

it('a suppression of its own line', () =>
  checkFiles(file(`
X = DISTINCTCOUNT(T[B]) // dax-metrics-disable-line unknown-column

Y = DISTINCTCOUNT(T[B]) + 0
                   ^^^ error[unknown-column]`)));

it('a suppression of the file', () =>
  checkFiles(file(`
X = DISTINCTCOUNT(T[B])

// dax-metrics-disable unknown-column -- all of them
Y = DISTINCTCOUNT(T[B]) + 0`)));

it('in a fence, quoted and in a list', () =>
  checkFiles(`${model}//- /page.md
- > \`\`\`dax
  > // dax-metrics-disable-next-line unknown-column
  > X = DISTINCTCOUNT(T[B])
  >
  > Y = DISTINCTCOUNT(T[B]) + 0
                       ^^^ error[unknown-column]
  > \`\`\``));

describe('a comment of a page', () => {
  const fence = ['X = DISTINCTCOUNT(T[B])', '', 'Y = DISTINCTCOUNT(T[C])'].join('\n');
  const faulty = '```dax\n' + fence + '\n```\n';

  it('covers the fence below it', () =>
    checkFiles(`${model}//- /page.md
# X

<!-- dax-metrics-disable-next-line unknown-column -- not there yet -->

${faulty}
\`\`\`dax
Z = DISTINCTCOUNT(T[D])
                   ^^^ error[unknown-column]
\`\`\``));

  it('covers the whole page', () =>
    checkFiles(`${model}//- /page.md
${faulty}
<!-- dax-metrics-disable unknown-column -->`));

  it('that does nothing is told, and one inside a fence is no comment of the page', () =>
    checkFiles(`${model}//- /page.md
\`\`\`html
<!-- dax-metrics-disable unknown-table -->
\`\`\`

<!-- dax-metrics-disable unknown-table -->
                         ^^^^^^^^^^^^^ warning[unused-suppression]

\`\`\`dax
Z = 1
\`\`\``));
});

it('in the DAX of a model file', () =>
  checkFiles(`
//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: []
    columns: { A: { type: string } }
  C:
    dax: |
      // dax-metrics-disable-next-line unknown-column
      ROW("x", DISTINCTCOUNT(T[B]))
    columns: { x: { type: int64 } }`));

describe('a suppression that does nothing', () => {
  it('because the rule does not exist', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line unknwn-column, __proto__
                                 ^^^^^^^^^^^^^ warning[unknown-rule]: There is no rule unknwn-column. Did you mean unknown-column?
                                                ^^^^^^^^^ warning[unknown-rule]: There is no rule __proto__.
X = 1`)));

  it('because it names none', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line -- why not
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-suppression]: The suppression names no rule. Write the rules after it, separated by commas.
X = 1`)));

  it('because errors of syntax stay', () =>
    checkFiles(file(`
// dax-metrics-disable-next-line missing-body
                                 ^^^^^^^^^^^^ warning[unused-suppression]: missing-body is an error of syntax, which cannot be switched off.
X =
^ error[missing-body]`)));

  it('but whose rule the project has switched off', () =>
    checkFiles(`${file(`
// dax-metrics-disable-next-line unknown-column
X = DISTINCTCOUNT(T[B])`)}
//- /dax-metrics.json
{ "rules": { "unknown-column": "off" } }`));

  it('is let be when the project says so', () =>
    checkFiles(`${file(`
// dax-metrics-disable-next-line unknown-column
X = 1`)}
//- /dax-metrics.json
{ "rules": { "unused-suppression": "off" } }`));

  it.each([
    ['// dax-metrics-disable-next-line unknown-column\nX = 1', 'X = 1'],
    ['X = 1 // dax-metrics-disable-line unknown-column -- why\n\nY = 2', 'X = 1\n\nY = 2'],
    ['X = /* dax-metrics-disable unknown-column */ 1', 'X =  1'],
  ])('%j is removed by its fix', async (text, wanted) => {
    expect(await fixedFile(file(text), '/m.dax', 'unused-suppression')).toBe(wanted);
  });

  it.each([
    ['// dax-metrics-disable-next-line unknown-table, unknown-column -- why\nX = DISTINCTCOUNT(T[B])', '// dax-metrics-disable-next-line unknown-column -- why\nX = DISTINCTCOUNT(T[B])'],
    ['// dax-metrics-disable-next-line unknown-column, unknown-table\nX = DISTINCTCOUNT(T[B])', '// dax-metrics-disable-next-line unknown-column\nX = DISTINCTCOUNT(T[B])'],
  ])('%j keeps the rules that do something', async (text, wanted) => {
    expect(await fixedFile(file(text), '/m.dax', 'unused-suppression')).toBe(wanted);
  });
});

it('a comment that only talks about suppressions is none', () =>
  checkFiles(file(`
// dax-metrics-disabled unknown-column
X = 1 // see dax-metrics-disable-line unknown-column`)));

it('a rule of the project with did-you-mean, lint rules included', () =>
  checkFiles(`${file('X = 1')}
//- /dax-metrics.json
{ "rules": { "unused-supression": "off", "unused-suppression": "hint" } }
             ^^^^^^^^^^^^^^^^^^^ error[model-unknown-reference]: There is no rule unused-supression. Did you mean unused-suppression?`));

it('a segment is linted once, and again only when it is bound again', async () => {
  const { workspace, type } = await openFixture(file('A = 1\n\nB = 2\n\nC = [A]'));
  const uri = uriOf('/m.dax');
  await workspace.findings(uri);
  expect(workspace.work().linted).toBe(3);
  type('/m.dax', 'A = 1\n\nB = 22222\n\nC = [A]');
  await workspace.findings(uri);
  await workspace.findings(uri);
  expect(workspace.work().linted).toBe(4);
});
