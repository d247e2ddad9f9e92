// What Power BI rejects is told once, at the exact place, by the right rule; what only looks wrong stays silent.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LocatedFinding } from '../../server/src/workspace/types.ts';
import { annotate, oneFile } from '../support/fixtures.ts';
import { openFixture, uriOf, type OpenFixture } from '../support/workspace.ts';
import { shop } from './shop.ts';

interface Case {
  readonly title: string;
  readonly text: string;
}

/** Cases of a file: a title after `===`, and the text with its expectations below it. */
function casesOf(file: string): readonly Case[] {
  const text = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
  return text.split(/^=== /m).slice(1).map((it) => {
    const end = it.indexOf('\n');
    return { title: it.slice(0, end), text: it.slice(end + 1).trimEnd() };
  });
}

let open: OpenFixture;
beforeAll(async () => {
  open = await openFixture(shop);
});

const faultFiles = ['syntax', 'references', 'contexts', 'types', 'queries', 'functions', 'codes'] as const;
const expectations = /^ *(?:\^+>?|\|) (?:error|warning|information)\[/gm;

/** What says that something is wrong: alarms, and whatever is said about syntax, names, types and codes. How to write it better is no fault. */
const isAboutFaults = (it: LocatedFinding): boolean =>
  it.severity === 'error' || it.severity === 'warning' || (it.severity === 'information' && ['syntax', 'reference', 'type', 'code'].includes(it.category));

/** The text with carets below what is found in it, to be compared with the text as it is written. */
async function found(text: string): Promise<{ readonly found: string; readonly written: string }> {
  const file = oneFile(`\n${text}\n`);
  open.type('/main.dax', file.text);
  const findings = await open.workspace.findings(uriOf('/main.dax'));
  return { found: annotate(file, findings.filter(isAboutFaults)), written: file.written };
}

describe.each(faultFiles)('%s', (name) => {
  it.each(casesOf(`${name}.case`).map((it) => [it.title, it.text] as const))('%s', async (_, text) => {
    expect(text).toMatch(expectations);
    const it = await found(text);
    expect(it.found).toBe(it.written);
  });
});

describe('what looks wrong and is right', () => {
  it.each(casesOf('good.case').map((it) => [it.title, it.text] as const))('%s', async (_, text) => {
    const it = await found(text);
    expect(it.found).toBe(it.written);
  });
});

describe('the inputs', () => {
  it('are more than a hundred faults, each written once', () => {
    const all = faultFiles.flatMap((name) => casesOf(`${name}.case`));
    expect(all.length).toBeGreaterThan(100);
    expect(new Set(all.map((it) => it.text)).size).toBe(all.length);
  });

  it('are more than forty right ones', () => {
    const good = casesOf('good.case');
    expect(good.length).toBeGreaterThan(40);
    expect(good.filter((it) => it.text.match(expectations) !== null)).toEqual([]);
  });
});
