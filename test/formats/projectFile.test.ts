// dax-metrics.json: what it says, its defaults, and each fault at its place.
import { describe, expect, it } from 'vitest';
import { defaultProject, readProjectFile } from '../../server/src/formats/index.ts';
import { allRules } from '../../server/src/lint/index.ts';
import { defaultLimits, type ProjectFile } from '../../server/src/model/model.ts';
import { fixture, shown } from './fixture.ts';

function check(text: string): ProjectFile {
  const [file] = fixture(text, '/p/dax-metrics.json');
  if (file === undefined) throw new Error('a fixture holds a file');
  const { project, findings } = readProjectFile(file.uri, file.text, allRules);
  expect(shown(findings, file.text)).toEqual(file.expected);
  return project;
}

describe('a project file', () => {
  it('says everything', () => {
    expect(check(`
{
  "$schema": "https://example.org/schema.json",
  "rules": { "unknown-code": "warning", "prose": "off" },
  "markdown": { "models": { "Historical analytics": "historical", "realtimepage": "realtime", "__proto__": "historical" } },
  "labels": { "language": "en" },
  "clock": "2025-12-31T23:59:59",
  "culture": "de-DE",
  "limits": { "rows": 1000, "milliseconds": 500 },
  "exclude": ["archive/**"]
}`)).toEqual({
      folder: 'file:///w/p/',
      uri: 'file:///w/p/dax-metrics.json',
      rules: new Map([['unknown-code', 'warning'], ['prose', 'off']]),
      markdownModels: new Map([['Historical analytics', 'historical'], ['realtimepage', 'realtime'], ['__proto__', 'historical']]),
      labelLanguage: 1033,
      clock: '2025-12-31T23:59:59',
      culture: 'de-DE',
      limits: { ...defaultLimits, rows: 1000, milliseconds: 500 },
      exclude: ['archive/**'],
    });
  });

  it('says nothing: the defaults hold', () => {
    expect(check('{}')).toEqual({ ...defaultProject('file:///w/p/'), uri: 'file:///w/p/dax-metrics.json' });
  });

  it('has faults, and the rest of it holds', () => {
    const project = check(`
{
  "rule": {},
  ^^^^^^ rule is no key of the project file. Did you mean rules?
  "rules": { "unknown-cod": "error", "prose": "of", "syntax": "off" },
             ^^^^^^^^^^^^^ There is no rule unknown-cod. Did you mean unknown-code?
                                              ^^^^ Prose in rules must be off, error, warning, information or hint; found the text of. Did you mean off?
                                                    ^^^^^^^^ There is no rule syntax.
  "markdown": { "models": ["historical"] },
                           ^^^^^^^^^^^^ Models in markdown must be a mapping of keys to values; found a list.
  "clock": "2025-02-30",
           ^^^^^^^^^^^^ Clock must be a day and time that exist; found the text 2025-02-30.
  "culture": "not a culture",
             ^^^^^^^^^^^^^^^ Culture must be a culture such as en-US; found the text not a culture.
  "limits": { "rows": 0, "fileBytes": 1000 },
                      ^ Rows in limits must be a whole number above 0; found 0.
  "exclude": ["a", 1]
                   ^ Entry 2 of exclude must be text; found 1.
}`);
    expect(project).toMatchObject({ clock: 'data', culture: 'en-US', limits: { ...defaultLimits, fileBytes: 1000 }, exclude: ['a'] });
    expect(project.rules).toEqual(new Map());
    expect(project.markdownModels).toEqual(new Map());
  });

  it.each(['now', 'data', '2025-12-31', '2024-02-29T00:00:00'])('has the clock %s', (clock) => {
    expect(check(JSON.stringify({ clock })).clock).toBe(clock);
  });

  it.each(['yesterday', '2025-12-31T10:00:00Z', '2025-12-31T24:00:00', '2025-13-01'])('cannot have the clock %s', (clock) => {
    const text = JSON.stringify({ clock });
    const { project, findings } = readProjectFile('file:///dax-metrics.json', text, allRules);
    expect(project.clock).toBe('data');
    expect(findings.map((it) => text.slice(it.span.start, it.span.end))).toEqual([JSON.stringify(clock)]);
  });

  it('is cut off', () => {
    const project = check(`
{
  "culture": "fr-FR",
  "clock": "now
           ^^^^ The file cannot be read: the text is not closed on its line.
`);
    expect(project.culture).toBe('fr-FR');
  });
});
