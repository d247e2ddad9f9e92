// Go to definition: `$0` is the cursor; the place it leads to is told by its file and text.
import { describe, expect, it } from 'vitest';
import { definition } from '../../server/src/ide/definition.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

/** `file: text`, for each place. */
async function leadsTo(fixture: string): Promise<readonly string[]> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const links = await definition(workspace, uri, offset);
  return Promise.all(links.map(async (it) => {
    const text = (await workspace.document(it.uri))?.text.slice(it.span.start, it.span.end);
    return `${it.uri.slice(it.uri.lastIndexOf('/') + 1)}: ${text?.split('\n')[0]}`;
  }));
}

const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

describe('leads', () => {
  it.each([
    ['Sessions = 1\nM = [Ses$0sions]', 'metrics.dax: Sessions'],
    ['M = COUNTROWS(Fact$0Session)', 'contact.daxmodel.yaml: FactSession'],
    ["M = COUNT('Dim Agent'[Te$0am])", 'contact.daxmodel.yaml: Team'],
    ['M = CALCULATE(1, FactSession[Reason] = "19235$00001")', 'contact.daxmodel.yaml: 192350001'],
    ['M = VAR total = 1 RETURN tot$0al', 'metrics.dax: total'],
    ['M = SUMX(ADDCOLUMNS(FactSession, "Half", 1), [Ha$0lf])', 'metrics.dax: "Half"'],
    ['FUNCTION F = (part) => 2 * pa$0rt', 'metrics.dax: part'],
    ['FUNCTION Twice = (x) => 2 * x\nM = TW$0ICE(1)', 'metrics.dax: Twice'],
    ['TABLE Big = FILTER(FactSession, TRUE)\nM = COUNTROWS(b$0ig)', 'metrics.dax: Big'],
    ['TABLE Big = ADDCOLUMNS(FactSession, "Half", 1)\nM = SUM(Big[H$0alf])', 'metrics.dax: "Half"'],
    ["COLUMN FactSession[Half] = 1\nM = SUM(FactSession[ha$0lf])", 'metrics.dax: [Half]'],
    ['DEFINE MEASURE FactSession[m] = 1 EVALUATE ROW("a", [$0m])', 'metrics.dax: [m]'],
    ['DEFINE MEASURE FactSession[Total] = 1\n M = [To$0tal]', 'metrics.dax: [Total]'],
    ['FUNCTION Halves = () => ADDCOLUMNS(FactSession, "Half", 1)\nM = SUMX(Halves(), [H$0alf])', 'metrics.dax: "Half"'],
    ['Sessions = 1\n/// @expect = [Ses$0sions]\nM = 1', 'metrics.dax: Sessions'],
    ['/// @expect 1 where FactSession[Reason] = "1923$050001"\nM = 1', 'contact.daxmodel.yaml: 192350001'],
    ['Sessions = 1\n/// @expect = [contact::ses$0sions]\nM = 1', 'metrics.dax: Sessions'],
  ])('%j to %s', async (text, place) => {
    const [first] = await leadsTo(dax(text));
    expect(first?.startsWith(place)).toBe(true);
  });

  it('from a page to the metric file', async () => {
    expect(await leadsTo(`${contact}//- /m.dax\nSessions = 1\n//- /page.md\n\`\`\`dax\nTwice = 2 * [Ses$0sions]\n\`\`\`\n`)).toEqual(['m.dax: Sessions']);
  });

  it('from the header on a page to the metric file', async () => {
    expect(await leadsTo(`${contact}//- /m.dax\nSessions = 1\n//- /page.md\n\`\`\`dax\nSes$0sions = 1\n\`\`\`\n`)).toEqual(['m.dax: Sessions']);
  });

  it('nowhere from a name that is not known, and from prose', async () => {
    expect(await leadsTo(dax('M = [No $0such]'))).toEqual([]);
    expect(await leadsTo(`${contact}//- /page.md\nSee [Ses$0sions]\n\n\`\`\`dax\nSessions = 1\n\`\`\`\n`)).toEqual([]);
  });
});
