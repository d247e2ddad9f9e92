// Hints in the text: `⟨…⟩` is what the editor shows.
import { describe, expect, it } from 'vitest';
import { createValueHints } from '../../server/src/ide/inlayHints/value.ts';
import { openFixture } from '../support/workspace.ts';
import { contact, modelOfOneRow } from './contact.ts';
import { impatient, patient, withHints } from './open.ts';

const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

describe('the value of a metric', () => {
  it('stands at the end of the line on which its definition begins', async () => {
    expect(await withHints(dax(`/// @format #,0.0
Average duration = AVERAGE(FactSession[Duration])   -- in seconds
Sessions = // all
    DISTINCTCOUNT(FactSession[SessionId])
Rejected = CALCULATE([Sessions], /* the code */ FactSession[Reason]
    = "192350001")
`), 'value')).toBe(`/// @format #,0.0
Average duration = AVERAGE(FactSession[Duration])⟨= 75.0⟩   -- in seconds
Sessions =⟨4⟩ // all
    DISTINCTCOUNT(FactSession[SessionId])
Rejected = CALCULATE([Sessions], /* the code */ FactSession[Reason]⟨= 2⟩
    = "192350001")`);
  });

  it('is a question mark where nothing can be computed, and an error where DAX raises one', async () => {
    expect(await withHints(dax(`A = EXTERNALMEASURE("x", INTEGER, "y")
B = "x" + 1
C = BLANK()
D =
`), 'value')).toBe(`A = EXTERNALMEASURE("x", INTEGER, "y")⟨= ?⟩
B = "x" + 1⟨= error⟩
C = BLANK()⟨= BLANK⟩
D =`);
  });

  it('has its reason in the tooltip', async () => {
    const { workspace, uri } = await openFixture(dax('$0A = EXTERNALMEASURE("x", INTEGER, "y")'));
    const document = await workspace.document(uri);
    if (document === undefined) throw new Error('no document');
    const [hint] = await createValueHints(() => workspace).hints(document, { patience: patient, onLate: () => undefined });
    expect(hint?.tooltip).toBe('Not evaluated: `EXTERNALMEASURE is not supported: it asks another model for a value`');
  });

  it('stands in the fences of a page, each by its own tab', async () => {
    const page = `${contact}//- /page.md\n# Sessions\n\n> \`\`\`dax\n> Sessions = COUNTROWS(FactSession)\n> \`\`\`\n\nSessions = 5\n`;
    expect(await withHints(page, 'value')).toBe('# Sessions\n\n> ```dax\n> Sessions = COUNTROWS(FactSession)⟨= 4⟩\n> ```\n\nSessions = 5');
  });

  it('is told for each model that a page belongs to', async () => {
    expect(await withHints(`${modelOfOneRow('one', 1)}${modelOfOneRow('two', 2)}//- /page.md
---
dax-model: [one, two]
---

\`\`\`dax
Total = SUM(T[Amount])
\`\`\``, 'value')).toContain('Total = SUM(T[Amount])⟨= 1 (one) · = 2 (two)⟩');
  });

  it('keeps its text while a new one is computed', async () => {
    const { workspace, uri } = await openFixture(dax('$0A = 1 + 1'));
    const hints = createValueHints(() => workspace);
    const labels = async (patience: () => Promise<void>, onLate = (): void => undefined): Promise<readonly string[]> => {
      const document = await workspace.document(uri);
      return document === undefined ? [] : (await hints.hints(document, { patience, onLate })).map((it) => it.label);
    };
    expect(await labels(impatient)).toEqual(['= …']);
    expect(await labels(patient)).toEqual(['= 2']);
    workspace.setText({ uri, languageId: 'dax', version: 2, text: 'A = 1 + 2' });
    const late = new Promise<void>((resolve) => void labels(impatient, resolve).then((it) => { expect(it).toEqual(['= 2 …']); }));
    await late;
    expect(await labels(impatient)).toEqual(['= 3']);
  });
});

describe('the label of a code', () => {
  it('stands behind each code that its column knows', async () => {
    expect(await withHints(dax(`A = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] IN { "192350001", "192350002" })
B = CALCULATE(COUNTROWS('Dim Agent'), 'Dim Agent'[Mode] = 192350001)
C = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192359999", FactSession[AgentId] = "192350001")
`), 'codeLabel')).toBe(`A = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] IN { "192350001"⟨AgentReject⟩, "192350002"⟨AgentTimeout⟩ })
B = CALCULATE(COUNTROWS('Dim Agent'), 'Dim Agent'[Mode] = 192350001⟨Consult⟩)
C = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192359999", FactSession[AgentId] = "192350001")`);
  });
});

describe('the labels of a hostile model', () => {
  it('are one line of plain text', async () => {
    expect(await withHints(`//- /h.daxmodel.yaml
name: h
tables:
  T:
    rows: [{ c: "1" }]
    columns: { c: { type: string, choice: k } }
choices:
  k: { 1: { label: "two\\nlines \\u202E and a text that goes on and on and on" } }
//- /m.dax
A = CALCULATE(COUNTROWS(T), T[c] = "1")`, 'codeLabel')).toBe(
      'A = CALCULATE(COUNTROWS(T), T[c] = "1"⟨two␊lines \\u{202e} and a text that goes on and…⟩)',
    );
  });
});
