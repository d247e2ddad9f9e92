// Whatever is renamed to whatever: opened again, the texts have the same findings, and every name leads where it led.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toDocument } from '../../server/src/base/offsetMap.ts';
import { rename } from '../../server/src/ide/rename/rename.ts';
import { references } from '../../server/src/ide/references/references.ts';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { randomOf } from '../oracle/random.ts';
import { contact } from './contact.ts';

const mixed = `${contact}  FactSession_Reason: { 1: A }
home: FactSession
public: [Sessions]
//- /more/more.daxmodel.json
{ "name": "more", "extends": "../contact.daxmodel.yaml", "tables": { "Made": { "dax": "SELECTCOLUMNS(FactSession, \\"Id\\", FactSession[SessionId], \\"Twice\\", 2 * [Duration])", "columns": { "Twice": { "type": "int64" } } } } }
//- /dax-metrics.json
{ "markdown": { "models": { "Contact": "contact", "More": "more" } } }
//- /a.dax
// dax
/// @expect = [Sessions] by 'Dim Agent'[Team] where FactSession[Reason] = "192350001"
Agent's rate [%] = DIVIDE(CALCULATE([Sessions], FactSession[Reason] IN { "192350001", "x" }), [Sessions], BLANK())
Sessions = VAR n = COUNTROWS('Dim Agent') RETURN SUMX(ADDCOLUMNS(FactSession, "Half", [Duration] / 2), [Half] + n) + n
/// @compare [more::Sessions] by FactSession[AgentId]
Again = Ratio([Sessions], Ratio(1, [Agent's rate [%]]])) + [no such] + SUM(Nowhere[x])
FUNCTION Ratio = (part, whole : SCALAR) => VAR part2 = part RETURN DIVIDE(part2, whole + part)
TABLE Big = ADDCOLUMNS(FILTER(FactSession, [Duration] > 1), "Third", [Duration] / 3)
COLUMN Big[More] = [Third] + Big[Duration]
Sum of big = SUMX(Big, Big[Third] + [More] + [Duration])
DEFINE MEASURE FactSession[m] = SWITCH(SELECTEDVALUE('Dim Agent'[Mode]), 192350000, "a", "b") VAR v = [Sessions]
EVALUATE SUMMARIZECOLUMNS(FactSession[AgentId], "m", [m], "v", v) ORDER BY [m] DESC, [v]
//- /page.md
# Contact
> - \`\`\`dax
>   Sessions = 4
>   Own (x) = [Sessions] + [Again] + Ratio(1, 2)
>   Next = [Own (x)]
>   \`\`\`

# More
\`\`\`dax
Own (x) = SUM(Made[Twice]) + SUMX(Made, [Twice] + Made[Id]) + COUNT('Dim Agent'[Name])
\`\`\`
`;

const sample = path.resolve(import.meta.dirname, '../../samples/omnichannel');

/** The sample's texts as a fixture; its data are not needed. */
function sampleFixture(): string {
  const files = readdirSync(sample, { recursive: true, encoding: 'utf8' }).map((it) => it.replaceAll('\\', '/')).sort();
  return files.filter((it) => /\.(?:dax|md|ya?ml|json)$/.test(it) && !it.startsWith('dataverse/data/'))
    .map((it) => `//- /${it}\n${readFileSync(path.join(sample, it), 'utf8').trimEnd()}`).join('\n');
}

const names = ['Fresh', 'fresh_2', "Agent's new [x] name", '(all) of it', 'a "b" c', 'Ünï · 日本', '% of x', 'x: y #z', 'VAR', 'Fresh.Name', '0', 'Fact]', '😀', 'n', 'Sessions'];

/** How often each rule is reported in each file by the names and types of its DAX. */
async function findings(workspace: Workspace): Promise<readonly string[]> {
  const found: string[] = [];
  for (const uri of await workspace.checkableFiles()) {
    const document = await workspace.document(uri);
    for (const { segments } of document?.regions ?? []) {
      for (const { readings } of segments) for (const { bound } of readings) found.push(...bound.findings.map((it) => `${uri} ${it.rule}`));
    }
  }
  return found.sort();
}

/** Where every name of the texts stands that leads somewhere, and how often what it leads to is referred to. */
async function targets(workspace: Workspace): Promise<readonly string[]> {
  const found: string[] = [];
  for (const uri of await workspace.checkableFiles()) {
    const document = await workspace.document(uri);
    for (const { segments } of document?.regions ?? []) {
      for (const { segment, readings } of segments) {
        for (const { bound } of readings) {
          for (const [i, { target, isDefinition }] of bound.references.entries()) {
            const definition = 'definition' in target && target.definition !== undefined && 'start' in target.definition ? target.definition.start : undefined;
            const at = bound.references.findIndex((it) => it.span.start === definition);
            const what = target.kind === 'column' ? `${target.table.columns.size} ${[...target.table.columns.values()].indexOf(target.column)}`
              : target.kind === 'table' ? `${target.table.columns.size}`
              : target.kind === 'measure' ? `${target.measure.uri} ${target.measure.segment.item.kind}` : '';
            found.push(`${uri} ${segment.item.kind} ${i} ${target.kind} ${at} ${what} ${isDefinition === true}`);
          }
        }
      }
    }
  }
  return found;
}

/** Places at which names begin: those of the DAX, and in model files words of any kind. */
async function places(workspace: Workspace): Promise<readonly { readonly uri: string; readonly offset: number }[]> {
  const found: { uri: string; offset: number }[] = [];
  for (const uri of await workspace.checkableFiles()) {
    const document = await workspace.document(uri);
    if (document?.kind === 'model') for (const match of document.text.matchAll(/\p{L}+/gu)) found.push({ uri, offset: match.index });
    for (const { region, segments } of document?.regions ?? []) {
      for (const { segment, readings } of segments) {
        const spans = [...readings[0]?.bound.references ?? []].filter((it) => it.target.kind !== 'function').map((it) => it.span.start);
        const tags = segment.item.kind === 'measure' ? [...segment.item.docs?.lines ?? []].flatMap((it) => [...it.text.matchAll(/\[/g)].map((tag) => it.span.start + tag.index)) : [];
        for (const at of [...spans, ...tags]) found.push({ uri, offset: toDocument(region.map, segment.start + at) });
      }
    }
  }
  return found;
}

async function check(fixture: string, seed: number, count: number): Promise<{ readonly renamed: number; readonly refused: ReadonlySet<string> }> {
  const random = randomOf(seed);
  const { workspace, files: texts } = await openFixture(fixture);
  const [oldFindings, oldTargets] = [await findings(workspace), await targets(workspace)];
  const refused = new Set<string>();
  let renamed = 0;
  const all = await places(workspace);
  for (const { uri, offset } of random.some(all, count)) {
    const name = random.pick(names);
    const result = await rename(workspace, uri, offset, name);
    if (result === undefined) continue;
    if ('refused' in result) {
      refused.add(result.refused.replace(/[^ ]*\[[^\]]*\]*|\d+/g, ''));
      continue;
    }
    if (result.files.length === 0) continue;
    renamed++;
    const edited = new Map(texts.map((it) => [uriOf(it.path), it.text]));
    for (const it of result.files) {
      edited.set(it.uri, [...it.edits].reverse().reduce((so, edit) => so.slice(0, edit.span.start) + edit.newText + so.slice(edit.span.end), edited.get(it.uri) ?? ''));
    }
    const { workspace: after } = await openFixture([...edited].map(([file, text]) => `//- ${file.slice('file://'.length)}\n${text}`).join('\n'));
    const what = `${uri}@${offset} to ${name}`;
    expect(await findings(after), what).toEqual(oldFindings);
    expect(await targets(after), what).toEqual(oldTargets);
    const uses = await references(workspace, uri, offset, true);
    // The middle of the name that was asked about, where it stands now.
    const edits = result.files.find((it) => it.uri === uri)?.edits ?? [];
    const own = edits.find((it) => it.span.start <= offset && offset < it.span.end);
    if (own === undefined) continue;
    const moved = edits.filter((it) => it.span.end <= own.span.start).reduce((sum, it) => sum + it.newText.length - (it.span.end - it.span.start), 0);
    const middle = own.span.start + moved + Math.floor(own.newText.length / 2);
    expect((await references(after, uri, middle, true)).length, what).toBe(uses.length);
  }
  return { renamed, refused };
}

describe('after a renaming everything means what it meant', () => {
  it('in texts of every kind', async () => {
    const { renamed, refused } = await check(mixed, 1, 60);
    expect(renamed).toBeGreaterThan(12);
    expect(refused.size).toBeGreaterThan(3);
  }, 120_000);

  it('in the sample', async () => {
    const { renamed } = await check(sampleFixture(), 3, 30);
    expect(renamed).toBeGreaterThan(1);
  }, 120_000);
});
